namespace MedBench.Runs.Experiments;

/// <summary>What a cell asks of a machine. Each tier includes those before it.</summary>
public enum Tier
{
    /// <summary>Seconds on a laptop, on generated images: no evidence for any paper.</summary>
    Demo,

    /// <summary>Hours at most on a few CPU cores.</summary>
    Cpu,

    /// <summary>Hours on one GPU.</summary>
    Gpu,

    /// <summary>All that the paper ran.</summary>
    Full,
}

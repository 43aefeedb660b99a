using MedBench.Core.Errors;

namespace MedBench.Runs.Planning.Simulation;

/// <summary>Workers that take shards, and what goes wrong with them.</summary>
/// <param name="Workers">How many, all alike.</param>
/// <param name="FailuresPerHour">Failures or pre-emptions of one worker in an hour of work, exponentially distributed; 0 for none.</param>
/// <param name="CheckpointSeconds">Work between two checkpoints: a failure loses what came after the last.</param>
/// <param name="RestartSeconds">From a failure until the worker takes work again.</param>
public sealed record Fleet(int Workers, double FailuresPerHour = 0, double CheckpointSeconds = 60, double RestartSeconds = 120)
{
    /// <summary>Throws where a number makes no sense.</summary>
    /// <exception cref="MedBenchException">Says which.</exception>
    public void Check()
    {
        if (Workers < 1) throw new MedBenchException($"--simulate {Workers}: not a number of workers", "give at least 1");
        if (FailuresPerHour is not (>= 0 and <= 60)) throw new MedBenchException(FormattableString.Invariant($"--failure-rate {FailuresPerHour}: not a rate"), "give failures of one worker per hour, from 0 to 60, for example 0.05");
    }
}

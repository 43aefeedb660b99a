using MedBench.Runs.Store;

namespace MedBench.Reporting.Model;

/// <summary>A machine with its software, and how many runs it made.</summary>
/// <param name="Environment">The machine.</param>
/// <param name="Runs">Runs made on it.</param>
public sealed record EnvironmentUse(RunEnvironment Environment, int Runs)
{
    /// <summary>The program's version without the commit.</summary>
    public string Version => Environment.Version.Split('+')[0];

    /// <summary>The git commit it was built from; null if unknown.</summary>
    public string? Commit => Environment.Version.Split('+').ElementAtOrDefault(1);

    /// <summary>The machine in words, without its threads, which differ between runs of one machine.</summary>
    public override string ToString() => $"{Environment.Hardware}, {Environment.Os}, libtorch {Environment.Libtorch}, MedBenchRepro {Environment.Version}";
}

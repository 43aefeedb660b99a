namespace MedBench.Runs.Planning.Simulation;

/// <summary>How a plan went on a <see cref="Fleet"/>.</summary>
/// <param name="Makespan">Seconds until the last shard is done.</param>
/// <param name="Work">Seconds of work that counted: the plan's own.</param>
/// <param name="Lost">Seconds of work that were done again.</param>
/// <param name="Failures">How many.</param>
/// <param name="Workers">How many.</param>
public sealed record FleetOutcome(double Makespan, double Work, double Lost, int Failures, int Workers)
{
    /// <summary>Share of the workers' time until the end that went into work that counted.</summary>
    public double Utilisation => Makespan > 0 ? Work / (Workers * Makespan) : 1;
}

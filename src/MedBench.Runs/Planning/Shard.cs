namespace MedBench.Runs.Planning;

/// <summary>What one job does.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Seconds">Estimate.</param>
/// <param name="Oversize">Whether it is longer than the plan's limit and cannot be cut further.</param>
/// <param name="Cells">In the order of the experiments.</param>
public sealed record Shard(int Number, double Seconds, bool Oversize, IReadOnlyList<PlannedCell> Cells);

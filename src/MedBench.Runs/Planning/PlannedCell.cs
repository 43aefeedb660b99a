namespace MedBench.Runs.Planning;

/// <summary>A cell, or some of its seeds, in a shard.</summary>
/// <param name="Id"><see cref="Experiments.ExperimentCell.Id"/>.</param>
/// <param name="Protocol"><see cref="Training.Runs.RunConfiguration.ProtocolHash"/> when the plan was made.</param>
/// <param name="Seeds">The seeds to run.</param>
/// <param name="Seconds">Estimate for them in this shard: features that a neighbour has cached cost nothing.</param>
public sealed record PlannedCell(string Id, string Protocol, IReadOnlyList<int> Seeds, double Seconds);

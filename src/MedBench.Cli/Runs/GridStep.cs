using MedBench.Runs.Experiments;
using MedBench.Runs.Store;

namespace MedBench.Cli.Runs;

/// <summary>One cell of a <see cref="GridPlan"/>.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Missing">Seeds to run.</param>
/// <param name="Seconds">Estimate for them.</param>
/// <param name="Obstacle">Why they are not run, with what to do about it; null if they are.</param>
/// <param name="Stored">The runs in the store: of a cell that is done, neither data nor checkpoint are asked for.</param>
internal sealed record GridStep(ExperimentCell Cell, int Missing, double Seconds, string? Obstacle, IReadOnlyList<RunResult> Stored);

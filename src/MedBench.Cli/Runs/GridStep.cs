using MedBench.Claims.Experiments;

namespace MedBench.Cli.Runs;

/// <summary>One cell of a <see cref="GridPlan"/>.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Missing">Seeds to run.</param>
/// <param name="Seconds">Estimate for them.</param>
/// <param name="Obstacle">Why they are not run, with what to do about it; null if they are.</param>
internal sealed record GridStep(ExperimentCell Cell, int Missing, double Seconds, string? Obstacle);

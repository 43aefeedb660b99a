namespace MedBench.Runs.Planning.Formats;

/// <summary>A file that goes beside <c>plan.json</c>.</summary>
/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Text">Content.</param>
/// <param name="Executable">Whether it is a script.</param>
public sealed record PlanFile(string Path, string Text, bool Executable = false);

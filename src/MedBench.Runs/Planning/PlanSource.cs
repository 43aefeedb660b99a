namespace MedBench.Runs.Planning;

/// <summary>A file inside a plan.</summary>
/// <param name="File">Its path when the plan was made; of an experiment file, the last part without extension is its name.</param>
/// <param name="Yaml">Its text.</param>
public sealed record PlanSource(string File, string Yaml);

namespace MedBench.Runs.Planning;

/// <summary>An experiment file inside a plan.</summary>
/// <param name="File">Its path when the plan was made; its last part without extension names the experiment.</param>
/// <param name="Yaml">Its text.</param>
public sealed record PlanSource(string File, string Yaml);

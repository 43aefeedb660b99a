namespace MedBench.Reporting.Html;

/// <summary>A line of "what was run".</summary>
internal sealed record PageFact(string Name, string Value);

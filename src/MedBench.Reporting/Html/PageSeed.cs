namespace MedBench.Reporting.Html;

/// <summary>A link to the record of a run.</summary>
internal sealed record PageSeed(long Seed, string Run);

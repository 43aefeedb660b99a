namespace MedBench.Reporting.Model;

/// <summary>A <see cref="MarkKind"/> with its sentence.</summary>
/// <param name="Kind">What it warns of.</param>
/// <param name="Text">The sentence, without a full stop: "2 of 5 seeds".</param>
public sealed record Mark(MarkKind Kind, string Text);

namespace MedBench.Reporting.Html;

/// <summary>What a reader must know besides: said once, and referred to by its number.</summary>
internal sealed record PageCaveat(int Number, string Text);

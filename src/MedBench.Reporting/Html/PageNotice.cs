namespace MedBench.Reporting.Html;

/// <summary>A mark or notice; <paramref name="Css"/> is its class.</summary>
internal sealed record PageNotice(string Css, string Text);

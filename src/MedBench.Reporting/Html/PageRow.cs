namespace MedBench.Reporting.Html;

/// <summary>A row of the table of cells.</summary>
internal sealed record PageRow(
    string Dataset, string Method, string Model, string Resolution, string Variant, string Metric, string Ours, string Std, string Printed, string Gap,
    string Css, string Sign, string Verdict, string Reason, string Twins, IReadOnlyList<PageSeed> Seeds, string Marks);

namespace MedBench.Reporting.Html;

/// <summary>Scores with and without twins.</summary>
internal sealed record PageTwins(string Title, IReadOnlyList<string> Notes, IReadOnlyList<string> Columns, IReadOnlyList<PageTwinsRow> Rows);

/// <summary>One of its rows.</summary>
internal sealed record PageTwinsRow(IReadOnlyList<string> Fields);

namespace MedBench.Reporting.Html;

/// <summary>What was run just now: a row for each cell.</summary>
internal sealed record PageLive(string Title, IReadOnlyList<string> Columns, IReadOnlyList<PageLiveRow> Rows, IReadOnlyList<string> Notes);

/// <summary>One cell of it.</summary>
internal sealed record PageLiveRow(IReadOnlyList<string> Fields);

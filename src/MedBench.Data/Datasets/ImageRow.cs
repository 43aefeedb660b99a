namespace MedBench.Data.Datasets;

/// <summary>One image of a folder or CSV.</summary>
/// <param name="Path">Full path of its file.</param>
/// <param name="Place">Where it is named, for errors.</param>
/// <param name="Words">Its labels; none for an image without a finding.</param>
/// <param name="Split">Where it belongs; null where that is still to be drawn.</param>
/// <param name="Group">What it must stay together with, for example its patient; null for itself.</param>
/// <param name="Values">One each of the table's further columns.</param>
internal sealed record ImageRow(string Path, string Place, IReadOnlyList<string> Words, Split? Split, string? Group, IReadOnlyList<string> Values);

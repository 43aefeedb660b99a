using MedBench.Claims.Verdicts;

namespace MedBench.Claims.Snapshots;

/// <summary>What accepting changes, one line a number: the reader sees what becomes the new truth.</summary>
public static class SnapshotMove
{
    /// <summary>Old against new; empty if nothing changes.</summary>
    /// <param name="old">The accepted snapshot; null if there is none yet.</param>
    /// <param name="now">What would take its place.</param>
    public static IReadOnlyList<string> Lines(ClaimSnapshot? old, ClaimSnapshot now)
    {
        var lines = new List<string>();
        void Line(string where, string before, string after)
        {
            if (before != after)
                lines.Add($"{where}: {before} -> {after}");
        }
        Line("statement", old?.Statement ?? "none", now.Statement);
        Line("kind", old is null ? "none" : $"{old.Kind}", $"{now.Kind}");
        Line("evidence", old?.Evidence ?? "none", now.Evidence);
        Line("rules", old?.RulesHash ?? "none", now.RulesHash);
        Line("outcome", old is null ? "none" : $"{old.Outcome}", $"{now.Outcome}");
        var numbers = old?.Numbers ?? new Dictionary<string, MeasuredRange>();
        foreach (string name in numbers.Keys.Union(now.Numbers.Keys))
            Line(name, Describe(numbers.GetValueOrDefault(name)), Describe(now.Numbers.GetValueOrDefault(name)));
        var cells = (old?.Cells ?? []).ToDictionary(c => c.Id);
        foreach (var cell in now.Cells)
        {
            cells.Remove(cell.Id, out var before);
            Line(cell.Id, before is null ? "none" : Describe(before), Describe(cell));
        }
        lines.AddRange(cells.Values.Select(gone => $"{gone.Id}: {Describe(gone)} -> none"));
        return lines;
    }

    private static string Describe(MeasuredRange? range) =>
        range is null ? "none" : $"{Number(range.Measured)} in [{Number(range.Low)}, {Number(range.High)}]";

    private static string Describe(SnapshotCell cell) => string.Join(", ", ((string?[])[
        cell.Published is { } published ? $"published {Number(published)}" : null,
        cell.Measured is { } measured ? $"measured {Number(measured)} in [{Number(cell.Low)}, {Number(cell.High)}]" : "not measured",
        cell.Verdict]).Where(part => part is not null));

    private static string Number(double? value) => value is { } v ? Show.Number(v, 6) : "none";
}

using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Claims.Snapshots;

/// <summary>
/// Compares a new snapshot with the accepted one. Everything must be equal, except that a measured number may lie anywhere in the
/// accepted range. A first decision, in whichever direction, is a difference too: somebody has to look at it and accept it.
/// </summary>
public static class SnapshotComparer
{
    private static readonly string s_notRun = VerdictKind.NotRun.Name();
    private static readonly string[] s_undecided = [s_notRun, VerdictKind.Inconclusive.Name(), VerdictKind.Consistent.Name(), VerdictKind.Inconsistent.Name(), VerdictKind.Unpublished.Name()];

    /// <summary>All differences; empty if the new one passes.</summary>
    /// <param name="received">What there is now.</param>
    /// <param name="verified">What was accepted.</param>
    public static IReadOnlyList<SnapshotDifference> Compare(ClaimSnapshot received, ClaimSnapshot verified)
    {
        var differences = new List<SnapshotDifference>();
        void Equal(string where, object now, object accepted, bool isLack = false)
        {
            if (!Equals(now, accepted))
                differences.Add(new SnapshotDifference(where, $"accepted '{accepted}', now '{now}'", isLack));
        }
        Equal("schema", received.Schema, verified.Schema);
        Equal("claim", received.Claim, verified.Claim);
        Equal("statement", received.Statement, verified.Statement);
        Equal("kind", received.Kind, verified.Kind);
        Equal("evidence", received.Evidence, verified.Evidence);
        Equal("rules", received.RulesHash, verified.RulesHash);
        if (!Allowed(received.Outcome, verified.Outcome))
            Equal("outcome", received.Outcome, verified.Outcome, isLack: received.Outcome is ClaimOutcome.NotRun or ClaimOutcome.Inconclusive);
        foreach (var (name, accepted) in verified.Numbers)
        {
            if (received.Numbers.GetValueOrDefault(name)?.Measured is { } now)
                Inside(name, now, accepted, differences);
            else
                differences.Add(new SnapshotDifference(name, "accepted, but there is none now", IsLack: true));
        }
        CompareCells(received, verified, differences);
        return differences;
    }

    private static void CompareCells(ClaimSnapshot received, ClaimSnapshot verified, List<SnapshotDifference> differences)
    {
        var now = received.Cells.ToDictionary(c => c.Id);
        foreach (var accepted in verified.Cells)
        {
            if (!now.Remove(accepted.Id, out var cell))
            {
                differences.Add(new SnapshotDifference(accepted.Id, "accepted, but no longer part of the claim"));
                continue;
            }
            if (cell.Published != accepted.Published)
                differences.Add(new SnapshotDifference(accepted.Id, $"accepted with the published value {Number(accepted.Published)}, now {Number(cell.Published)}"));
            if (cell.Measured is { } measured && accepted.Range is { } range)
                Inside(accepted.Id, measured, range, differences);
            else if (cell.Measured is null && accepted.Measured is { } gone)
                differences.Add(new SnapshotDifference(accepted.Id, $"accepted with {Number(gone)}, but there is no run of it now", IsLack: true));
            if (cell.Verdict != accepted.Verdict && !Allowed(cell.Verdict, accepted.Verdict))
                differences.Add(new SnapshotDifference(accepted.Id, $"accepted as '{accepted.Verdict}', now '{cell.Verdict}'", IsLack: s_undecided.Contains(cell.Verdict)));
        }
        differences.AddRange(now.Keys.Select(id => new SnapshotDifference(id, "new: not part of the accepted claim")));
    }

    private static void Inside(string where, double now, MeasuredRange range, List<SnapshotDifference> differences)
    {
        if (range.Distance(now) is not 0 and var distance)
            differences.Add(new SnapshotDifference(where, $"measured {Number(now)}, accepted range {Number(range.Low)} to {Number(range.High)}, outside by {Number(distance)}"));
    }

    private static bool Allowed(ClaimOutcome now, ClaimOutcome accepted) =>
        now == accepted || (accepted == ClaimOutcome.NotRun && now == ClaimOutcome.Inconclusive);

    private static bool Allowed(string? now, string? accepted) =>
        accepted == s_notRun && s_undecided.Contains(now);

    private static string Number(double? value) => value is { } v ? Show.Number(v, 6) : "none";
}

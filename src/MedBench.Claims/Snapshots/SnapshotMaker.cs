using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Training.Recipes;

namespace MedBench.Claims.Snapshots;

/// <summary>Makes the snapshot of a verdict.</summary>
/// <param name="rules">The rules that made the verdict: they give the ranges.</param>
public sealed class SnapshotMaker(VerdictRules rules)
{
    // Printed numbers have at most four decimals as fractions.
    private const double PrintedHalfStep = 0.00005;

    /// <summary>The snapshot.</summary>
    public ClaimSnapshot Of(ClaimVerdict verdict)
    {
        var claim = verdict.Claim;
        return new ClaimSnapshot(
            ClaimSnapshot.CurrentSchema, claim.Id, claim.Statement, claim.Kind, claim.EvidenceText, verdict.RulesHash, verdict.Outcome,
            Numbers(verdict),
            claim.IsOnCells ? [.. verdict.Cells.Select(Cell)] : [.. verdict.Units.Select(u => Unit(u, verdict))]);
    }

    // Around what was measured, else around what was printed: by the margin, or by one printed step where a method has no randomness.
    private static SnapshotCell Cell(JudgedCell cell)
    {
        var verdict = cell.Verdict;
        bool exact = cell.Key.Method == MethodName.Knn;
        double half = exact ? cell.Published?.HalfStep ?? PrintedHalfStep : verdict.Margin;
        var range = (verdict.Ours?.Mean ?? verdict.Published) is { } centre ? MeasuredRange.Rounded(centre - half, centre + half, verdict.Ours?.Mean) : null;
        return new SnapshotCell(cell.Key.Id, cell.Published?.Mean, verdict.Kind.Name(), range?.Low, range?.High, range?.Measured);
    }

    private SnapshotCell Unit(ClaimUnit unit, ClaimVerdict verdict)
    {
        double half = HalfWidth(verdict.Claim);
        var range = unit.Effect(verdict.Claim.Kind) is { } effect ? MeasuredRange.Rounded(effect - half, effect + half, effect) : null;
        return new SnapshotCell(unit.Name, null, null, range?.Low, range?.High, range?.Measured);
    }

    private Dictionary<string, MeasuredRange> Numbers(ClaimVerdict verdict)
    {
        var numbers = new Dictionary<string, MeasuredRange>();
        if (verdict.Effect is { } effect)
            numbers["effect"] = MeasuredRange.Rounded(effect - HalfWidth(verdict.Claim), effect + HalfWidth(verdict.Claim), effect);
        if (verdict.Interval is { } interval)
        {
            double half = HalfWidth(verdict.Claim);
            numbers["low"] = MeasuredRange.Rounded(interval.Low - half, interval.Low + half, interval.Low);
            numbers["high"] = MeasuredRange.Rounded(interval.High - half, interval.High + half, interval.High);
        }
        // A count of a kept file: any move is a difference.
        if (verdict.Audit is { Found: var found })
            numbers["found"] = MeasuredRange.Rounded(found, found, found);
        if ((verdict.CorrectedP ?? verdict.P) is { } p)
            numbers["p"] = Side(p, rules.Alpha);
        return numbers;
    }

    // Printed numbers do not vary; runs may, within the margin of the metric.
    private double HalfWidth(Claim claim) => claim.Evidence.Of is not null
        ? PrintedHalfStep
        : rules.Margins.Where(m => m.Key.Name() == claim.Entry.Where.Metric).Select(m => m.Value.Value).DefaultIfEmpty(rules.Margins.Values.Max(m => m.Value)).First();

    // The stretch between two thresholds in which a number lies: it may move, but not across one.
    private static MeasuredRange Side(double value, params double[] thresholds) => MeasuredRange.Rounded(
        thresholds.Where(t => t <= value).DefaultIfEmpty(0).Max(), thresholds.Where(t => t > value).DefaultIfEmpty(1).Min(), value);
}

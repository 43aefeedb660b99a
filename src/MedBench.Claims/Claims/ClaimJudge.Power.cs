using MedBench.Claims.Published;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

public sealed partial class ClaimJudge
{
    /// <summary>What the declared seeds could decide, by the spreads that are known. No verdict depends on it.</summary>
    public ClaimPower Power(Claim claim) => claim.IsOnCells ? PowerOnCells(claim) : claim.IsOnAudit ? PowerOnAudit(claim) : PowerOnTrend(claim);

    private ClaimPower PowerOnCells(Claim claim)
    {
        var printed = evidence.Cells(claim).Where(c => claim.Entry.Where.Accepts(c.Key, c.Kind)).Select(c => evidence.Judge(claim, c) is var judged ? (Cell: c, Judged: judged) : default)
            .Where(c => c.Judged.Published is not null).ToList();
        int SeedsOf(ClaimCell cell) => claim.Evidence == EvidenceSource.OurRuns ? cell.Declared?.Seeds.Count ?? 0 : cell.Runs.Count;
        int seeds = printed.Count == 0 ? 0 : printed.Min(c => SeedsOf(c.Cell));
        double? margin = printed.Count == 0 ? null : printed.Average(c => c.Judged.Verdict.Margin);
        if (printed.Count == 0 || seeds == 0)
            return new ClaimPower(claim.Id, false, null, null, margin, seeds, null, printed.Count == 0 ? "no number is printed" : "a cell has no seeds: no experiment declares it");
        if (printed.All(c => c.Cell.Key.Method == Training.Recipes.MethodName.Knn))
            return new ClaimPower(claim.Id, true, true, 0, margin, seeds, 1, "deterministic: one run decides");
        var plans = printed.Select(c => Plan(c.Cell, c.Judged, SeedsOf(c.Cell))).ToList();
        if (plans.Any(p => p is null))
            return new ClaimPower(claim.Id, true, null, null, margin, seeds, null, $"no spread is known for {plans.Count(p => p is null)} of {plans.Count} printed numbers");
        double step = printed.Average(c => c.Judged.Published!.HalfStep);
        double pooled = PooledDegreesOfFreedom(claim, printed.Select(c => c.Cell.Key)) + printed.Sum(c => Math.Max(0, SeedsOf(c.Cell) - c.Cell.Runs.Count));
        double smallest = MeanComparison.MeanOf([.. plans.Select(p => p!.Now)], pooled).MinimumDetectableMargin(_rules.Alpha) + step;
        bool all = plans.All(p => p!.Needed is not null);
        return new ClaimPower(claim.Id, true, smallest <= margin, smallest, margin, seeds, all ? plans.Max(p => p!.Needed) : null, plans.Count == 1
            ? all ? "" : "no number of our seeds would show it reproduced: the printed mean itself is too uncertain"
            : $"as a mean of {plans.Count} printed numbers; {plans.Count(p => p!.Alone)} of them alone");
    }

    private sealed record CellPlan(MeanComparison Now, bool Alone, int? Needed);

    private CellPlan? Plan(ClaimCell cell, JudgedCell judged, int seeds)
    {
        var published = judged.Published!;
        Spread? spread = judged.Verdict.Noise is { } noise
            ? new Spread(noise.Std, noise.DegreesOfFreedom + Math.Max(0, seeds - cell.Runs.Count))
            : evidence.Spreads(cell.Key, TestedWeights.Selected).Moderate(RerunNoise.Own(cell.Key.Metric, null, published, cell.Dataset.Splits.Test)) is { } known
                ? known with { DegreesOfFreedom = known.DegreesOfFreedom + seeds - 1 } : null;
        if (spread is null) return null;
        int theirs = published.Runs ?? 1;
        double inner = judged.Verdict.Margin - published.HalfStep;
        bool Decides(MeanComparison c) => c.EquivalenceP(inner) < _rules.Alpha;
        var now = MeanComparison.Common(0, spread.Std, spread.DegreesOfFreedom, seeds, theirs);
        return new CellPlan(now, Decides(now), Decides(now) ? seeds : SeedPlan.Needed(0, spread.Std, spread.DegreesOfFreedom, seeds, theirs, Decides));
    }

    private ClaimPower PowerOnTrend(Claim claim)
    {
        var entry = claim.Entry;
        var cells = evidence.Cells(claim);
        var groups = Groups(entry);
        var chosen = groups.SelectMany(g => Chosen(entry, g, cells)).DistinctBy(c => c.Key).ToList();
        int seeds = chosen.Count == 0 ? 0 : claim.Evidence == EvidenceSource.OurRuns ? chosen.Min(c => c.Declared?.Seeds.Count ?? 0) : chosen.Min(c => c.Runs.Count);
        int units = IsOverSeeds(entry) ? seeds : Units(entry, groups, cells).Count, needed = Math.Max(entry.Minimum, MinimumOf(claim));
        string noun = IsOverSeeds(entry) ? "seeds" : "units";
        if (units < needed)
            return new ClaimPower(claim.Id, false, null, null, null, seeds, null, $"{units} {noun} are declared, a decision needs {needed}");
        if (claim.Kind == ClaimKind.ArgMax && claim.Evidence == EvidenceSource.OurRuns && seeds < TrendClaims.MinimumRuns(units))
            return new ClaimPower(claim.Id, false, null, null, null, seeds, null, $"{seeds} seeds of a setting are declared, a decision needs {TrendClaims.MinimumRuns(units)}");
        double? margin = claim.Kind == ClaimKind.Paired ? ComparisonOf(claim).Practical : null;
        double? half = Raw(claim).Interval is { } interval ? (interval.High - interval.Low) / 2 : null, narrow = Raw(claim).EquivalenceInterval is { } e ? (e.High - e.Low) / 2 : null;
        return new ClaimPower(claim.Id, true, narrow is null || margin is null ? null : narrow < margin, half, margin, seeds, null, half is null ? $"{units} {noun}; the spread between them is not known before they are run" : $"{units} {noun}");
    }
}

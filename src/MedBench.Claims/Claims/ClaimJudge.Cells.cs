using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Claims.Claims;

/// <content>Claims that published numbers hold.</content>
public sealed partial class ClaimJudge
{
    private ClaimVerdict OnCells(Claim claim)
    {
        var where = claim.Entry.Where;
        ClaimCell[] cells = [.. evidence.Cells(claim).Where(c => where.Accepts(c.Key, c.Kind))];
        JudgedCell[] judged = [.. cells.Select(c => evidence.Judge(c.Key, c.Declared, claim.Weights))];
        // A cell without a printed number can be run, but nothing can come of it for this claim.
        var printed = judged.Where(c => c.Published is not null).ToList();
        var counts = printed.CountBy(c => c.Verdict.Kind).ToDictionary();
        int Count(VerdictKind kind) => counts.GetValueOrDefault(kind);
        int run = printed.Count - Count(VerdictKind.NotRun);
        int deviating = Deviating([.. printed.Select(c => c.Verdict)]);
        var (outcome, reason) = (printed.Count, run) switch
        {
            (0, _) => (ClaimOutcome.Unpublished, $"no published number is on record for its {judged.Length} cells"),
            (_, 0) => (ClaimOutcome.NotRun, $"none of the {printed.Count} published cells has been run"),
            _ when deviating > 0 => (ClaimOutcome.Contradicted, $"{deviating} of {run} cells deviate after Holm's correction"),
            _ when Count(VerdictKind.Reproduced) == printed.Count => (ClaimOutcome.Holds, printed.Count == 1 ? printed[0].Verdict.Reason : $"all {printed.Count} cells are reproduced"),
            _ => (ClaimOutcome.Inconclusive, printed.Count == 1 ? printed[0].Verdict.Reason : Tally(printed)),
        };
        return new ClaimVerdict(claim, outcome, reason, run, printed.Count, _rules.Hash)
        {
            Test = "each cell by the rules for cells; deviations held at alpha over all of them (Holm)",
            Cells = judged,
            Missing = [.. cells.Where(c => c.Runs.Count == 0)],
            Caveats = Caveats(claim, cells),
        };
    }

    // A deterministic value that is off is off; the others could be off by chance, and the more of them the likelier. Stale known deviations are failures of the list, and count.
    private int Deviating(IReadOnlyList<CellVerdict> verdicts) =>
        ClaimSummary.Of([.. verdicts.Where(v => v.Kind != VerdictKind.KnownDeviation)], _rules).DeviatesAfterHolm
        + verdicts.Count(v => v is { Kind: VerdictKind.Deviates, DeviationP: null } or { Kind: VerdictKind.StaleKnownDeviation });

    private static string Tally(IReadOnlyList<JudgedCell> cells) =>
        $"of {cells.Count} cells " + string.Join(", ", cells.CountBy(c => c.Verdict.Kind).OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.Words()}"));
}

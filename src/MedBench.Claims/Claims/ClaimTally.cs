using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Claims.Claims;

/// <summary>Many verdicts read together: by sentence, not by the ways of meaning one.</summary>
/// <param name="Counts">Sentences by the outcome of their primary row.</param>
/// <param name="Decided">Sentences whose primary row is decided.</param>
/// <param name="Rows">Rows in all.</param>
/// <param name="RowsDecided">Rows that are decided.</param>
/// <param name="ByEvidence">Decided sentences by the evidence that they rest on.</param>
public sealed record ClaimTally(IReadOnlyDictionary<ClaimOutcome, int> Counts, int Decided, int Rows, int RowsDecided, IReadOnlyDictionary<string, int> ByEvidence)
{
    /// <summary>Counts some verdicts.</summary>
    public static ClaimTally Of(IReadOnlyList<ClaimVerdict> verdicts)
    {
        ClaimVerdict[] primary = [.. verdicts.Where(v => v.Claim.IsPrimary)];
        return new ClaimTally(
            primary.CountBy(v => v.Outcome).ToDictionary(), primary.Count(v => v.IsDecided), verdicts.Count, verdicts.Count(v => v.IsDecided),
            primary.Where(v => v.IsDecided).CountBy(v => v.Claim.EvidenceText).ToDictionary());
    }

    /// <summary>As one or two sentences.</summary>
    public override string ToString() =>
        $"{Counts.Values.Sum()} claims, {Decided} decided: " + string.Join(", ", Counts.OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.Words()}"))
        + $"; of {Rows} rows (datasets, and ways of meaning a sentence) {RowsDecided} decided"
        + (ByEvidence.Count == 0 ? "" : $"\ndecided by {string.Join(", ", ByEvidence.OrderByDescending(e => e.Value).ThenBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key} ({e.Value})"))}");
}

using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>What some cells say about a claimed order.</summary>
/// <param name="Claim">In words.</param>
/// <param name="Kind">The outcome.</param>
/// <param name="Reason">One sentence with the numbers.</param>
/// <param name="Cells">Cells that went in, one a dataset (or whatever is compared).</param>
/// <param name="Test">Name of the test and of what was resampled.</param>
/// <param name="Effect">Mean difference (a fraction): first minus second, last minus first condition, or the claimed setting minus the best of the others.</param>
/// <param name="P">p of the test; null with too few cells, and for a sweep.</param>
/// <param name="Improvement">P(first beats second) over the cells, or the share of draws that the claimed setting wins; null for a trend over conditions.</param>
/// <param name="ImprovementInterval">Its bootstrap interval; null for a sweep.</param>
/// <param name="RulesHash">SHA-256 of the rules.</param>
public sealed record TrendVerdict(
    string Claim, TrendKind Kind, string Reason, int Cells, string Test, double Effect, double? P, double? Improvement, Interval? ImprovementInterval, string RulesHash)
{
    /// <summary>Of a sweep: the share of bootstrap draws that each setting wins.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [];
}

using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>What some datasets (or other units) say about a claimed order. Effects are fractions.</summary>
/// <param name="Outcome">The outcome, before any correction for many tests.</param>
/// <param name="Reason">One sentence with the numbers.</param>
/// <param name="Test">Name of the test.</param>
/// <param name="Effect">Mean difference: first minus second, last minus first condition, or the claimed setting minus the best of the others.</param>
public sealed record TrendVerdict(ClaimOutcome Outcome, string Reason, string Test, double Effect)
{
    /// <summary>Interval of <see cref="Effect"/> at 1 − alpha; null with fewer than two units.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Interval of <see cref="Effect"/> at 1 − 2 alpha, by which equivalence is judged.</summary>
    public Interval? EquivalenceInterval { get; init; }

    /// <summary>p of the test that decides; null with too few units.</summary>
    public double? P { get; init; }

    /// <summary>Units in which the first is ahead; null for a sweep.</summary>
    public int? Ahead { get; init; }

    /// <summary>Of a comparison: which is practically better, as description.</summary>
    public BayesianSignedRank? Bayes { get; init; }

    /// <summary>Of a comparison: the outcome where its p does not pass the correction for many tests.</summary>
    public ClaimOutcome Uncorrected { get; init; } = ClaimOutcome.Inconclusive;

    /// <summary>Of a sweep: p of "the claimed setting is no better than this one", one a setting; 1 for the claimed one.</summary>
    public IReadOnlyList<double> SettingP { get; init; } = [];
}

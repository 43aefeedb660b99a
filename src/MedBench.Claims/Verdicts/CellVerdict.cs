using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>What the runs say about one published number. Numbers are fractions; null where they do not exist.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Reason">One sentence with the numbers that led to it.</param>
/// <param name="Ours">Our runs.</param>
/// <param name="Published">The published mean.</param>
/// <param name="Margin">Differences up to this count as the same result.</param>
/// <param name="Rules">Version of the rules.</param>
/// <param name="RulesHash">SHA-256 of the rules file.</param>
public sealed record CellVerdict(VerdictKind Kind, string Reason, SampleSummary? Ours, double? Published, double Margin, int Rules, string RulesHash)
{
    /// <summary>Our mean minus the published one.</summary>
    public double? Gap => Ours?.Mean - Published;

    /// <summary><see cref="Gap"/> in seed-to-seed standard deviations.</summary>
    public double? GapInStd => Noise is { Std: > 0 and var std } ? Gap / std : null;

    /// <summary>The rerun noise used; null where there is no estimate, or none is needed.</summary>
    public RerunNoise? Noise { get; init; }

    /// <summary>Two-sided interval of the true difference at 1 − alpha, widened by half the last printed digit.</summary>
    public Interval? GapInterval { get; init; }

    /// <summary>Two-sided interval at 1 − 2 alpha, widened likewise: "reproduced" if it lies inside the margin.</summary>
    public Interval? DecidingInterval { get; init; }

    /// <summary>The true difference that would have been noticed with the rules' power.</summary>
    public double? DetectableShift { get; init; }

    /// <summary>P(true difference within the margin) under the reference prior: context, no verdict.</summary>
    public double? WithinMargin { get; init; }

    /// <summary>Our mean against the printed number taken as fixed: context, no verdict.</summary>
    public OnTarget? OnTarget { get; init; }

    /// <summary>What other patients would change in the printed number: context, no verdict.</summary>
    public PatientNoise? Patients { get; init; }

    /// <summary>The smallest margin at which these numbers of seeds could ever say "reproduced".</summary>
    public double? MinimumDetectableMargin { get; init; }

    /// <summary>p of the two one-sided tests; small speaks for "reproduced".</summary>
    public double? EquivalenceP { get; init; }

    /// <summary>p of "the difference is within the margin"; small speaks for "deviates".</summary>
    public double? DeviationP { get; init; }

    /// <summary>Seeds of ours in all that would decide, were mean and spread to stay; null if decided, or if no number would do.</summary>
    public int? SeedsNeeded { get; init; }

    /// <summary>What a reader must know besides.</summary>
    public IReadOnlyList<string> Caveats { get; init; } = [];
}

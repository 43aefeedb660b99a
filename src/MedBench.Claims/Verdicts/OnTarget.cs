using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>Whether whoever follows the recipe gets the printed number ± the margin on average: our mean against the printed number taken as fixed. Context, no verdict, and never the authors' error.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Interval">90 % interval of our true mean minus the printed number: the one that decides.</param>
/// <param name="SeedsNeeded">Seeds in all with which two one-sided tests would succeed with the rules' power, were the true gap zero and the spread as it is; null if none up to the limit would.</param>
public sealed record OnTarget(OnTargetKind Kind, Interval Interval, int? SeedsNeeded)
{
    internal static OnTarget Of(double gap, Spread spread, int runs, double margin, VerdictRules rules)
    {
        var comparison = MeanComparison.AgainstFixed(gap, spread, runs);
        var kind = comparison.EquivalenceP(margin) < rules.Alpha ? OnTargetKind.OnTarget
            : comparison.ExceedanceP(margin) < rules.Alpha ? OnTargetKind.OffTarget
            : OnTargetKind.Undecided;
        double Power(int n) => MeanComparison.AgainstFixed(0, spread with { DegreesOfFreedom = spread.DegreesOfFreedom + n - runs }, n).EquivalencePower(margin, rules.Alpha);
        return new OnTarget(kind, comparison.Interval(1 - 2 * rules.Alpha), SeedPlan.First(runs, n => Power(n) >= rules.Power));
    }
}

/// <summary>Outcome of <see cref="OnTarget"/>.</summary>
public enum OnTargetKind
{
    /// <summary>Inside the margin on average.</summary>
    OnTarget,

    /// <summary>Outside the margin on average.</summary>
    OffTarget,

    /// <summary>Neither is shown.</summary>
    Undecided,
}

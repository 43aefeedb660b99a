using MedBench.Claims.Statistics;

namespace MedBench.Claims.Verdicts;

/// <summary>Many cells read together.</summary>
/// <param name="Counts">Cells by outcome.</param>
/// <param name="ExpectedFalseAlarms">"Deviates" to expect at most by chance alone: alpha × cells compared.</param>
/// <param name="DeviatesAfterHolm">Cells that still deviate when the chance of any false alarm is held at alpha.</param>
/// <param name="DeviatesAfterBenjaminiHochberg">Cells that still deviate when the expected share of false alarms is held at alpha.</param>
public sealed record ClaimSummary(IReadOnlyDictionary<VerdictKind, int> Counts, double ExpectedFalseAlarms, int DeviatesAfterHolm, int DeviatesAfterBenjaminiHochberg)
{
    /// <summary>Summary of the verdicts of one claim.</summary>
    public static ClaimSummary Of(IReadOnlyList<CellVerdict> verdicts, VerdictRules rules)
    {
        double[] p = [.. verdicts.Select(v => v.DeviationP).OfType<double>()];
        return new ClaimSummary(
            verdicts.CountBy(v => v.Kind).ToDictionary(),
            rules.Alpha * p.Length,
            MultipleTesting.Holm(p).Count(v => v < rules.Alpha),
            MultipleTesting.BenjaminiHochberg(p).Count(v => v < rules.Alpha));
    }
}

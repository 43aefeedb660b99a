using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Claims.Claims;

/// <summary>Many claims read together.</summary>
/// <param name="Counts">Claims by outcome.</param>
/// <param name="Significant">Trend claims whose test is significant on its own.</param>
/// <param name="AfterHolm">Those that stay so when the chance of any false alarm is held at alpha.</param>
/// <param name="AfterBenjaminiHochberg">Those that stay so when the expected share of false alarms is held at alpha.</param>
public sealed record ClaimTally(IReadOnlyDictionary<ClaimOutcome, int> Counts, int Significant, int AfterHolm, int AfterBenjaminiHochberg)
{
    /// <summary>Counts some verdicts.</summary>
    public static ClaimTally Of(IReadOnlyList<ClaimVerdict> verdicts, VerdictRules rules)
    {
        double[] p = [.. verdicts.Select(v => v.P).OfType<double>()];
        int Below(IEnumerable<double> values) => values.Count(v => v < rules.Alpha);
        return new ClaimTally(verdicts.CountBy(v => v.Outcome).ToDictionary(), Below(p), Below(MultipleTesting.Holm(p)), Below(MultipleTesting.BenjaminiHochberg(p)));
    }

    /// <summary>As one or two sentences.</summary>
    public override string ToString() =>
        string.Join(", ", Counts.OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.Words()}"))
        + (Significant > 0 ? $"; {Significant} trend tests significant, after Holm {AfterHolm}, after Benjamini-Hochberg {AfterBenjaminiHochberg}" : "");
}

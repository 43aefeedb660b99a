using System.Text.RegularExpressions;
using MedBench.Claims.Statistics;

namespace MedBench.Reporting.Model;

/// <summary>A claim in one sentence, with what the cells say of it.</summary>
/// <param name="Id">Of <c>[a-z0-9/.-]</c>.</param>
/// <param name="Paper">Whose claim; <see cref="MedBench.Runs.Papers.Paper.Name"/>.</param>
/// <param name="Statement">The claim in words.</param>
/// <param name="State">The outcome.</param>
/// <param name="Reason">One sentence with the numbers.</param>
/// <param name="Effect">Size of the effect, for example "+1.23 points"; null without cells.</param>
/// <param name="EffectSize">The same as a fraction; null without cells.</param>
/// <param name="Interval">Interval of what <paramref name="IntervalOf"/> names, a gap or a probability; null where there is none.</param>
/// <param name="IntervalOf">For example "P(first beats second)"; empty without an interval.</param>
/// <param name="CellsUsed">Cells that went in.</param>
/// <param name="CellsNeeded">The claim's minimum.</param>
/// <param name="Marks">What must stand beside it.</param>
public sealed partial record ReportedClaim(
    string Id,
    string Paper,
    string Statement,
    ClaimState State,
    string Reason,
    string? Effect,
    double? EffectSize,
    Interval? Interval,
    string IntervalOf,
    int CellsUsed,
    int CellsNeeded,
    IReadOnlyList<Mark> Marks)
{
    /// <summary><see cref="IntervalOf"/> of a gap between two means: the interval is in fractions.</summary>
    public const string Gap = "gap";

    /// <summary><see cref="IntervalOf"/> of the smallest and the largest gap, in fractions.</summary>
    public const string GapRange = "gaps from and to";

    /// <summary>Whether enough cells went in for a decision.</summary>
    public bool MinimumMet => CellsUsed >= CellsNeeded;

    /// <summary>The statement without the way in which it is meant: claims of one sentence belong together.</summary>
    public string Sentence => Ending().Replace(Statement, "").TrimEnd('.') + ".";

    /// <summary>The way in which it is meant, such as "end-to-end, 224 px, acc": what the id says after the claim's own name.</summary>
    public string Way => string.Join(", ", Id.Split('/').Skip(2));

    [GeneratedRegex(@"\s*\([^()]*\)\.?\z")]
    private static partial Regex Ending();
}

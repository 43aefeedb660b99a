namespace MedBench.Claims.Verdicts;

/// <summary>How the verdicts would move with the margin: the answer to "where does your tolerance come from?".</summary>
/// <param name="Margin">The margin tried for all metrics, a fraction.</param>
/// <param name="Reproduced">Cells.</param>
/// <param name="Deviates">Cells.</param>
/// <param name="Inconclusive">Cells that are neither.</param>
public sealed record MarginSensitivity(double Margin, int Reproduced, int Deviates, int Inconclusive)
{
    /// <summary>Share reproduced among cells with a verdict; null if there is none.</summary>
    public double? Share => Reproduced + Deviates + Inconclusive is > 0 and var cells ? (double)Reproduced / cells : null;

    /// <summary>Judges all cells anew at each margin. Deterministic cells have no margin and are left out; known deviations are not inverted.</summary>
    public static IReadOnlyList<MarginSensitivity> Curve(IReadOnlyList<CellEvidence> cells, VerdictRules rules, IReadOnlyList<double> margins)
    {
        CellEvidence[] plain = [.. cells.Where(c => !c.Deterministic).Select(c => c with { Known = null })];
        return [.. margins.Select(margin =>
        {
            var kinds = plain.Select(c => CellJudge.Judge(c, rules.WithMargin(margin)).Kind).CountBy(k => k).ToDictionary();
            return new MarginSensitivity(margin, kinds.GetValueOrDefault(VerdictKind.Reproduced), kinds.GetValueOrDefault(VerdictKind.Deviates), plain.Count(c => c.Values.Count > 0 && c.Published is not null) - kinds.GetValueOrDefault(VerdictKind.Reproduced) - kinds.GetValueOrDefault(VerdictKind.Deviates));
        })];
    }
}

using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Figures;

/// <summary>What a report opens with: the claims that are decided, by their primary row, on every kind of evidence.</summary>
internal static class DecidedClaims
{
    // More than a screen or two is no opening.
    private const int MostShown = 40;

    /// <summary>Sentences, and printed numbers apart, for their effects are gaps; none where nothing is decided.</summary>
    internal static IEnumerable<Figure> Draw(IReadOnlyList<ReportedClaim> claims)
    {
        var decided = claims.Where(c => c.IsPrimary && c.State.IsDecided() && c.Interval is not null).ToLookup(c => c.IsOnCells);
        if (decided[false].Any()) yield return Plot("decided-sentences", "Sentences", "Each by its primary row.", [.. decided[false]]);
        // What is only compatible with what is printed, or not, comes after what is shown.
        if (decided[true].Any()) yield return Plot("decided-numbers", "Printed numbers", "What was found minus what is printed, or what stands in its place.", [.. decided[true].OrderByDescending(c => c.State.IsFirm())]);
    }

    private static Figure Plot(string id, string title, string caption, ReportedClaim[] claims)
    {
        string more = claims.Length > MostShown ? $" {claims.Length - MostShown} more are among the claims below." : "";
        return EffectPlot.Draw(id, title, caption + more, [new EffectBlock("", [.. claims.Take(MostShown).Select(c => EffectRow.Of(c, c.Sentence.TrimEnd('.'), Note(c))).OfType<EffectRow>()])]);
    }

    private static string Note(ReportedClaim claim) => string.Join(" · ", ((string[])[claim.Way, claim.Evidence]).Where(t => t.Length > 0));
}

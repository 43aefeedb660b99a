using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Scores;

namespace MedBench.Reporting.Html;

/// <summary>A <see cref="ScoreSheet"/> as one page: scores with intervals, printed numbers, and by class, group and metadata as figures with their tables.</summary>
public static class ScorePage
{
    private static readonly PageTemplate s_template = new("score.liquid");

    /// <summary>The page; equal sheets give equal bytes.</summary>
    /// <param name="sheet">The scores.</param>
    /// <param name="card">The dataset.</param>
    /// <param name="groups">Where the groups are from; null for none.</param>
    public static string Render(ScoreSheet sheet, DatasetCard card, string? groups)
    {
        var all = ScoreTables.All(sheet);
        bool grouped = ScoreTables.IsGrouped(all[0]);
        List<PageFact> facts = [new("test images", $"{card.Splits.Test}"), new("labels", sheet.Labels)];
        if (all[0].OverGroups is { } clustered) facts.Add(new("groups", $"{clustered.Groups} of up to {Show.Count(clustered.Largest, "test image")}, from {groups}"));
        var figures = ScoreFigures.Of(sheet);
        return s_template.Render(new ScorePageModel(
            $"{card.Title}: what these scores are worth", PageTemplate.Generator, facts, ScoreTables.Files(sheet),
            [.. sheet.Against.Select(ScoreTables.Against)], [.. all.Select(ScoreTables.Twins).OfType<string>()],
            figures, figures.Count > 0 ? ScoreTables.IntervalsOfParts(grouped) : "", TemplateFiles.Read("report.css")));
    }
}

internal sealed record ScorePageModel(
    string Title, string Generator, IReadOnlyList<PageFact> Facts, FigureTable Files, IReadOnlyList<string> Against, IReadOnlyList<string> Twins, IReadOnlyList<FigureGroup> Groups, string Intervals, string Css);

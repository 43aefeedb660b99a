using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Figures;

namespace MedBench.Reporting.Scores;

/// <summary>What a <see cref="ScoreSheet"/> tells apart, drawn.</summary>
internal static class ScoreFigures
{
    /// <summary>By class, then by each part that was asked for. Of more files than <see cref="PartPlot.MostSeries"/> their mean scores alone are drawn; the tables have all.</summary>
    internal static IReadOnlyList<FigureGroup> Of(ScoreSheet sheet)
    {
        var all = ScoreTables.All(sheet);
        FileScore[] drawn = all.Count <= PartPlot.MostSeries ? [.. all] : [sheet.Ensemble!];
        string[] names = [.. drawn.Select(s => Path.GetFileName(s.File))];
        string over = ScoreTables.IsGrouped(all[0]) ? "intervals over other groups" : "intervals over other patients";
        var groups = new List<FigureGroup>();
        if (all[0].ByClass is { } classes)
        {
            var table = Joined(all, s => ScoreTables.Classes(s, s.ByClass!));
            Figure? Draw(string id, string title, string caption, bool isSigned, Func<ClassPart, Estimate?> value) => PartPlot.Draw(
                id, title, caption, isSigned, names,
                [new PartBlock("", [.. classes.Select((c, i) => new PartRow(c.Label, Counts(c.Images, c.Groups), [.. drawn.Select(s => value(s.ByClass![i]))]))])], table);
            groups.Add(Group("class", "By class", ScoreTables.AboutClasses, [
                Draw("recall-by-class", "Recall by class", $"Share of the images of a class that are found; {over}.", false, c => c.Recall),
                Draw("precision-by-class", "Precision by class", $"Share of the images named so that are of the class; {over}.", false, c => c.Precision),
                Draw("excess-by-class", "Calibration by class: excess", $"Mean score of the class minus its share of the images, over all images: above 0 it is expected too often; {over}.", true, c => c.Excess)]));
        }
        for (int t = 0; t < all[0].By.Count; t++)
        {
            int at = t;
            var parts = all[0].By[at].Parts;
            string by = all[0].By[at].By, slug = Labels.Slug($"by-{at + 1}", by);
            FigureTable table = Joined(all, s => ScoreTables.Parts(s, s.By[at])), recalls = Joined(all, s => ScoreTables.Recalls(s, s.By[at]));
            Figure? Draw(string id, string title, string caption, bool isSigned, Func<PartScore, Estimate?> value) => PartPlot.Draw(
                $"{id}-{slug}", title, caption, isSigned, names,
                [new PartBlock("", [.. parts.Select((p, i) => new PartRow(p.Value, Counts(p.Images, p.Groups), [.. drawn.Select(s => value(s.By[at].Parts[i]))]))])], table);
            groups.Add(Group(slug, $"By {by}", ScoreTables.AboutParts, [
                Draw("acc", $"Accuracy by {by}", $"Share of right answers; {over}.", false, p => p.Acc),
                Draw("auc", $"AUC by {by}", $"AUC as MedMNIST has it, of parts with all classes; {over}.", false, p => p.AucEstimate),
                Draw("overconfidence", $"Calibration by {by}: overconfidence", $"Mean confidence minus the share that is right: above 0 the answers are too sure; {over}.", true, p => p.Overconfidence),
                PartPlot.Draw(
                    $"recall-{slug}", $"Recall by {by} and class", $"Share of the images of a class that are found; {over}.", false, names,
                    [.. parts[0].Classes.Select((c, k) => new PartBlock(c.Label, [.. parts.Index().Where(p => p.Item.Classes[k].Images > 0)
                        .Select(p => new PartRow(p.Item.Value, Counts(p.Item.Classes[k].Images, null), [.. drawn.Select(s => s.By[at].Parts[p.Index].Classes[k].Recall)]))]))], recalls)]));
        }
        return groups;
    }

    private static FigureGroup Group(string id, string title, string note, IEnumerable<Figure?> figures) => new(id, title, [.. figures.OfType<Figure>()], IsOpen: true, note);

    private static string Counts(int images, int? groups) => Show.Count(images, "image") + (groups is { } g ? $", {Show.Count(g, "group")}" : "");

    // The tables of all files below each other, told apart by a first column.
    private static FigureTable Joined(IReadOnlyList<FileScore> scores, Func<FileScore, FigureTable> of)
    {
        FigureTable[] tables = [.. scores.Select(of)];
        if (tables.Length == 1) return tables[0];
        return new FigureTable(["file", .. tables[0].Columns], [.. scores.Zip(tables).SelectMany(p => p.Second.Rows.Select(r => new FigureRow([Path.GetFileName(p.First.File), .. r.Fields], r.Numbers)))]);
    }
}

using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Figures;

/// <summary>The figures of single configurations: training curves, confusion matrix, ROC, reliability, images.</summary>
/// <param name="report">The report.</param>
/// <param name="limit">Configurations at most; those that deviate come first, then the undecided ones.</param>
internal sealed class CellDetails(BenchmarkReport report, int limit)
{
    private readonly Dictionary<string, ReportedRun> _runs = report.Runs.ToDictionary(r => r.Id);

    /// <summary>A group a configuration, and a note on those left out.</summary>
    internal IEnumerable<FigureGroup> Groups()
    {
        var all = report.Cells
            .Where(c => c.IsRun && c.Cell.Key.Variant.Weights == TestedWeights.Selected)
            .GroupBy(c => c.Cell.Key with { Metric = default })
            .OrderBy(g => g.Min(c => Rank(c.Cell.Verdict.Kind))).ThenBy(g => g.Key.ToString(), StringComparer.Ordinal)
            .ToList();
        for (int i = 0; i < Math.Min(all.Count, limit); i++)
        {
            var (key, card) = (all[i].Key, all[i].First().Cell.Dataset);
            string what = $"{Labels.Dataset(card)}, {key.Method}, {Labels.Cell(key)}";
            ReportedRun[] runs = [.. all[i].SelectMany(c => c.Cell.Seeds).Select(s => s.RunId).Distinct().Select(id => _runs[id]).OrderBy(r => r.Result.Spec.Seed)];
            Figure[] figures = [.. Figures(Labels.Slug(key.RunsId()), what, card, runs)];
            string note = i == limit - 1 && all.Count > limit ? $"{all.Count - limit} more configurations have no figures of their own here; --details {all.Count} draws them all." : "";
            if (figures.Length > 0) yield return new FigureGroup(Labels.Slug("cell", key.RunsId()), $"In detail: {what}", figures, Note: note);
        }
    }

    private static IEnumerable<Figure> Figures(string slug, string what, DatasetCard card, ReportedRun[] runs)
    {
        ScoredRun[] scored = [.. runs.Select(r => Scored(r, card)).OfType<ScoredRun>()];
        Figure?[] figures =
        [
            TrainingCurves.Draw($"training-{slug}", what, runs),
            ConfusionMatrix.Draw($"confusion-{slug}", what, card, runs, scored),
            RocCurves.Draw($"roc-{slug}", what, scored),
            ReliabilityDiagram.Draw($"reliability-{slug}", what, scored),
            Images($"images-{slug}", what, card, scored),
        ];
        return figures.OfType<Figure>();
    }

    private static ScoredRun? Scored(ReportedRun run, DatasetCard card) =>
        run.PredictionsPath is { } path && PredictionsFile.Read(path).FirstOrDefault(p => p.Split == RunResult.SplitOf(TestedWeights.Selected)) is { } test ? new ScoredRun(run, card, test) : null;

    // Pictures only where the very file that was run is on this machine.
    private static Figure? Images(string id, string what, DatasetCard card, ScoredRun[] scored)
    {
        if (scored.Length == 0) return null;
        var spec = scored[0].Run.Result.Spec;
        try
        {
            using var dataset = card.Name == DatasetCatalog.Synthetic.Name ? SyntheticDataset.Open(spec.Size) : ImageDataset.Open(card, spec.Size);
            return dataset.Md5 == spec.DatasetMd5 ? SampleImages.Draw(id, what, scored[0], dataset.Test) : null;
        }
        catch (MedBenchException)
        {
            return null;
        }
    }

    private static int Rank(VerdictKind kind) => kind switch
    {
        VerdictKind.Deviates or VerdictKind.StaleKnownDeviation => 0,
        VerdictKind.KnownDeviation => 1,
        VerdictKind.Inconsistent or VerdictKind.Consistent or VerdictKind.Inconclusive => 2,
        VerdictKind.Reproduced => 3,
        _ => 4,
    };
}

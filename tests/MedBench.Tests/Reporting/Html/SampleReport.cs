using MedBench.Claims;
using MedBench.Claims.Published;
using MedBench.Reporting.Building;
using MedBench.Reporting.Html;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Tests.Reporting.Html;

/// <summary>Pages to look at: the real records, and a grid as large as a paper's with invented numbers.</summary>
internal static class SampleReport
{
    private static readonly Book s_book = Book.Open();
    internal static readonly PublishedResults Published = s_book.Published;

    internal static BenchmarkReport Measured { get; } = Build(new RecordsSource(Repository.Measured));

    internal static string MeasuredPage { get; } = new HtmlPage(Published).Render(Measured);

    /// <summary>The report on the grid, made once.</summary>
    internal static Lazy<BenchmarkReport> GridReport { get; } = new(() => Build(Grid()));

    /// <summary>doerrich2025's whole grid, three seeds a cell (one for k-NN): the printed numbers with invented noise.</summary>
    private static IRunSource Grid() => new SampleRuns([.. GridRuns()]);

    internal static BenchmarkReport Build(params IReadOnlyList<IRunSource> sources) => new ReportBuilder(BookOf(sources)).Build([]);

    /// <summary>Everything that is declared and printed, with runs of these sources alone.</summary>
    internal static Book BookOf(params IReadOnlyList<IRunSource> sources) => new(Published, s_book.Rules, s_book.Experiments, () => s_book.Claims, sources.SelectMany(s => s.Runs())) { Lock = LockOf(sources) };

    // Trust on first use, and invented runs are used first.
    internal static WeightsLock LockOf(IEnumerable<IRunSource> sources)
    {
        var locked = WeightsLock.Empty;
        foreach (var spec in sources.SelectMany(s => s.Runs()).Select(r => r.Result.Spec))
            if (spec.Weights.Sha256 is { } sha256) locked.Weights.TryAdd(spec.Model, new LockedWeights(sha256, null, "a test"));
        return locked;
    }

    private static IEnumerable<RunResult> GridRuns()
    {
        var noise = new Random(1);
        foreach (var cell in Published.Values.Where(v => v.Key is { Paper: "doerrich2025", Metric: Metric.Acc }))
        {
            var key = cell.Key;
            double auc = Published.Find(key with { Metric = Metric.Auc })?.Mean ?? 0;
            var run = SampleRuns.Configuration(key.Dataset, key.Model, key.Paper, key.Method, key.Resolution);
            foreach (int seed in key.Method == "knn" ? [0] : run.Recipe.Seeds)
                yield return SampleRuns.Result(
                    run, seed,
                    Math.Clamp(cell.Mean + 0.02 * (noise.NextDouble() - 0.5), 0, 1), key.Method == "knn" ? null : Math.Clamp(auc + 0.01 * (noise.NextDouble() - 0.5), 0, 1), WeightsId.Checkpoint($"{key.Model.Length:x64}"));
        }
    }
}

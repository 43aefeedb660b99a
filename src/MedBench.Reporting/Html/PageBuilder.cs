using System.Globalization;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Html;

/// <summary>From the report to the words and numbers of its page.</summary>
internal static class PageBuilder
{
    internal static PageModel Of(BenchmarkReport report, IReadOnlyList<FigureGroup> groups)
    {
        var table = ResultTable.Of(report.Title, [.. report.Cells.Select(c => c.Cell)], report.Environments.Select(e => e.Environment), report.Rules);
        PageCaveat[] caveats = [.. report.Claims.SelectMany(c => c.Marks).Where(m => m.Kind == MarkKind.Caveat).Select(m => m.Text).Distinct().Select((text, i) => new PageCaveat(i + 1, text))];
        PageRow[] rows = [.. report.Cells.OrderByDescending(c => c.IsRun).Select(Row)];
        return new PageModel(
            report.Title,
            PageTemplate.Generator,
            report.Papers.Count == 0 ? "this store" : string.Join(", ", report.Papers.Select(p => p.Name)),
            [.. report.Papers.Select(p => new PagePaper(p.Citation))],
            [.. report.Marks.Select(Notice)],
            [.. DecidedClaims.Draw(report.Claims), .. SentencesElsewhere.Draw(report.Claims)],
            [.. report.Summary.Counts.OrderBy(c => c.Key).Select(c => new PageCount(Labels.Css(c.Key), Labels.Sign(c.Key), c.Value, c.Key.Words()))],
            [.. table.SummaryLines().Skip(1)],
            [.. Facts(report)],
            [.. ClaimGroups.Of(report.Claims, caveats)],
            groups,
            [.. Selects(rows)],
            rows,
            [.. table.Legend, .. report.Rules.Margins.OrderBy(m => m.Key).Select(m => $"margin of {m.Key.Name()}: ±{Show.Points(m.Value.Value)} points. {m.Value.Origin}")],
            [.. report.Environments.Select(e => $"{Show.Count(e.Runs, "run")}: {e.Environment.Hardware}, {Threads(e)}, {e.Environment.Os}, {e.Environment.Runtime}, libtorch {e.Environment.Libtorch}, MedBenchRepro {e.Environment.Version}")],
            [.. report.Limitations.Except(caveats.Select(c => c.Text))],
            caveats,
            report.Runs.Count,
            RunRecords.Of(report),
            TemplateFiles.Read("report.css"),
            TemplateFiles.Read("report.js"))
        {
            Twins = TwinTable.Of(report) is { } twins ? [new PageTwins(TwinTable.Title, twins.Notes, twins.Columns, [.. twins.Rows.Select(r => new PageTwinsRow(r))])] : [],
            Live = report.Live is { } live ? [Live(live)] : [],
        };
    }

    private static PageLive Live(ResultTable table) => new(
        table.Title, ResultTable.Columns, [.. table.Rows().Where(r => r.Verdict is not null).Select(r => new PageLiveRow(r.Fields))], [.. table.Environment, .. table.Caveats]);

    private static string Threads(EnvironmentUse use) => use.Environment.Threads == 1 ? "1 thread" : $"{use.Environment.Threads} threads";

    internal static PageNotice Notice(Mark mark) => new(mark.Kind.Name(), mark.Text);

    private static IEnumerable<PageFact> Facts(BenchmarkReport report)
    {
        yield return new PageFact("Cells", report.Coverage.Count == 0
            ? "none"
            : string.Join("; ", report.Coverage.Select(c => Share(c, report))));
        if (report.Runs.Count == 0) yield break;
        yield return new PageFact("Runs", $"{report.Runs.Count}, seeds {Seeds(report.Seeds)}");
        yield return new PageFact("Data", Data(report));
        yield return new PageFact("Hardware", string.Join("; ", report.Environments.Select(e => $"{e.Environment.Hardware}, {Threads(e)}").Distinct()));
        yield return new PageFact("Software", string.Join("; ", report.Environments.Select(e => $"MedBenchRepro {e.Version}, libtorch {e.Environment.Libtorch}, {e.Environment.Runtime}").Distinct()));
        yield return new PageFact("Commit", report.Commits.Count == 0 ? "not recorded" : string.Join(", ", report.Commits.Select(c => c.Length > 12 ? c[..12] : c)));
        yield return new PageFact("Compute", $"{report.Runs.Sum(r => r.Result.Seconds.GetValueOrDefault("total")) / 3600:0.0} hours in all; last run ended {report.LastRun!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
        yield return new PageFact("Rules", $"version {report.Rules.Version}, SHA-256 {report.Rules.Hash[..12]}…");
    }

    private static string Data(BenchmarkReport report)
    {
        var datasets = report.Runs.GroupBy(r => r.Result.Dataset is { } known ? Labels.Dataset(known) : r.Result.Spec.Dataset, r => r.Result.Spec).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        static string Sizes(IEnumerable<RunSpec> specs) => string.Join(", ", specs.Select(s => s.Size).Distinct().Order());
        return datasets.Count <= 4
            ? string.Join("; ", datasets.Select(d => $"{d.Key} at {Sizes(d)} px"))
            : $"{datasets.Count} datasets at {Sizes(datasets.SelectMany(d => d))} px: {string.Join(", ", datasets.Select(d => d.Key))}";
    }

    private static string Share(GridCoverage paper, BenchmarkReport report)
    {
        int again = report.Cells.Count(c => c.IsRun && c.Cell.Published?.Key.Paper == paper.Paper && c.Cell.Key.Variant.Weights == TestedWeights.LastEpoch);
        return $"{paper.CellsRun} of {paper.Cells} cells on record for {paper.Paper} ({100 * paper.Share:0.#} %)"
            + (again > 0 ? $", {again} of them judged a second time with the last epoch's weights" : "")
            + (paper.OtherCells > 0 ? $", {paper.OtherCells} cells besides" : "");
    }

    // 0, 1, 2, 5: "0–2, 5".
    private static string Seeds(IReadOnlyList<long> seeds) => string.Join(", ", seeds.Select((s, i) => (s, i)).GroupBy(x => x.s - x.i).Select(g => g.Count() < 3 ? string.Join(", ", g.Select(x => x.s)) : $"{g.First().s}–{g.Last().s}"));

    private static IEnumerable<PageSelect> Selects(PageRow[] rows)
    {
        PageSelect Of(string name, int column, Func<PageRow, string> field) => new(name, column, [.. rows.Select(field).Where(f => f.Length > 0).Distinct().Order(StringComparer.Ordinal)]);
        return [Of("Dataset", 0, r => r.Dataset), Of("Method", 1, r => r.Method), Of("Model", 2, r => r.Model), Of("Metric", 5, r => r.Metric), Of("Verdict", 10, r => r.Verdict)];
    }

    private static PageRow Row(ReportedCell cell)
    {
        var (key, verdict) = (cell.Cell.Key, cell.Cell.Verdict);
        return new PageRow(
            Labels.Dataset(cell.Cell.Dataset), key.Method, key.Model, $"{key.Resolution}", key.Variant.ToString(), Labels.Metric(key.Metric),
            verdict.Ours is { } ours ? Show.Points(ours.Mean) : "", verdict.Ours?.Std is { } std ? Show.Points(std) : "",
            cell.Cell.Published is { } published ? Show.Points(published.Mean) : "", verdict.Gap is { } gap ? Show.SignedPoints(gap) : "",
            Labels.Css(verdict.Kind), Labels.Sign(verdict.Kind), verdict.Kind.Words(), cell.IsRun ? verdict.Reason : "",
            cell.Twins is null ? "" : $"Twins: {cell.Scores!.TwinFree!.Words(key.Metric)}.",
            [.. cell.Cell.Seeds.Select(s => new PageSeed(s.Seed, s.RunId))],
            string.Join("; ", cell.Marks.Where(m => m.Kind != MarkKind.NotRun).Select(m => m.Text)));
    }
}

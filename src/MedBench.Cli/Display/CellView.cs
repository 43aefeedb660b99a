using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Runs.Cells;

namespace MedBench.Cli.Display;

/// <summary>One printed number on the terminal: what it is, what is known of it, how sure that is, and what would settle it.</summary>
internal static class CellView
{
    /// <summary>The known cells of an id; those of all metrics where the id ends before the metric.</summary>
    public static IReadOnlyList<KnownCell> Matching(Book book, string id) =>
        [.. book.Evidence.Known.Where(c => Names(c.Key).Contains(id.TrimEnd('/'))).DistinctBy(c => c.Key).OrderBy(c => c.Key.Metric)];

    private static string[] Names(CellKey key) => [key.Id, key.ToString(), key.RunsId()];

    /// <summary>Writes cells, an empty line between them.</summary>
    public static void Write(Book book, IReadOnlyList<KnownCell> cells)
    {
        foreach (var (i, (cell, judged, scores)) in Judged(book, cells).Index())
        {
            if (i > 0) Console.Out.WriteLine();
            Write(book, cell, judged, scores);
        }
    }

    /// <summary>The same for programs: fractions, with the scores on images with and without a twin in training.</summary>
    public static void WriteJson(Book book, IReadOnlyList<KnownCell> cells) => Console.Out.Write(StrictJson.Write(Judged(book, cells).Select(c => new
    {
        c.Cell.Key.Id,
        c.Cell.Key.Metric,
        Printed = c.Judged.Published is { } p ? new { p.Mean, p.Std, p.Runs, p.Source } : null,
        Ours = c.Judged.Verdict.Ours,
        c.Judged.Seeds,
        c.Judged.Verdict.Kind,
        c.Judged.Verdict.Gap,
        c.Judged.Verdict.Margin,
        c.Judged.Verdict.Reason,
        c.Judged.Verdict.SeedsNeeded,
        c.Scores,
        Others = Others(book, c.Cell.Key).Select(v => new { v.Key.Paper, v.Mean, v.Std, v.Runs, v.Source }),
        Released = Released(book, c.Cell.Key).Select(r => new { r.Key.Paper, Values = r.Value.Select(run => run.Value) }),
        SettleIt = c.Judged.Published is null ? null : Settling(c.Cell, c.Judged.Verdict),
        Claims = Claims(book, c.Cell.Key).Select(claim => new { claim.Id, book.Judge(claim).Outcome }),
        c.Judged.Verdict.Caveats,
    })));

    private static IEnumerable<(KnownCell Cell, JudgedCell Judged, CellScores? Scores)> Judged(Book book, IReadOnlyList<KnownCell> cells)
    {
        var reader = new CellScoresReader(book, book.Stored);
        return cells.Select(cell =>
        {
            var judged = book.InItsClaim(book.Evidence.Judge(cell.Key, cell.Declared, TestedWeights.Selected));
            return (cell, judged, reader.Of(judged));
        });
    }

    private static void Write(Book book, KnownCell cell, JudgedCell judged, CellScores? scores)
    {
        var verdict = judged.Verdict;
        Line(cell.Key.Id, Cards(judged));
        Line("printed", judged.Published is { } printed ? $"{Summary(printed.Mean, printed.Std, printed.Runs)} ({printed.Source})" : "nothing on record");
        Line("ours", verdict.Ours is { } ours ? $"{Summary(ours.Mean, ours.Std, ours.Count)}: {string.Join(", ", judged.Seeds.Select(s => Show.Points(s.Value)))}" : "not run");
        Line("verdict", $"{verdict.Kind.Words()}: {verdict.Reason}");
        if (verdict.WithinMargin is { } within) Line("context", $"P(true difference within ±{Show.Points(verdict.Margin)}) {Show.Number(within, 2)}; the printed number taken as fixed: {Target(verdict.OnTarget!)}");
        if (verdict.Patients is { Interval: { } patients } noise)
            Line("other patients", $"{Show.Points(patients.Low)} to {Show.Points(patients.High)} around the printed number ({noise.Method}){(noise.OneImage is { } image ? $"; one test image is {Show.Points(image)} points" : "")}");
        if (scores is not null) Write(cell.Key.Metric, scores);
        foreach (var other in Others(book, cell.Key)) Line("others", $"{Summary(other.Mean, other.Std, other.Runs)} ({other.Key.Paper}: {other.Source})");
        foreach (var (key, runs) in Released(book, cell.Key))
            Line("released", $"{string.Join(", ", runs.Select(r => Show.Points(r.Value)))} % ({key.Paper}'s own predictions, rescored)");
        if (judged.Published is not null) Line("settle it", Settling(cell, verdict));
        foreach (var claim in Claims(book, cell.Key)) Line("claim", $"{claim.Id}: {book.Judge(claim).Outcome.Words()}");
        foreach (string caveat in verdict.Caveats) Line("caveat", caveat);
    }

    private static void Write(Metric metric, CellScores scores)
    {
        if (scores.Patients(metric) is { } patients) Line("ours, other patients", $"{Show.Points(patients.Low)} to {Show.Points(patients.High)} around our mean ({(metric == Metric.Acc ? "Wilson" : "DeLong")}, from the predictions of {Show.Count(scores.Runs, "run")})");
        if (scores.TwinFree is { } twins) Line("twins", twins.Words(metric));
    }

    // The same cell by its paper's other studies, and by the authors' own predictions.
    private static IEnumerable<PublishedValue> Others(Book book, CellKey cell) => book.Published.Values.Where(v => v.Key != cell && v.Key with { Paper = cell.Paper } == cell);

    private static IEnumerable<KeyValuePair<CellKey, IReadOnlyList<OtherRun>>> Released(Book book, CellKey cell) => book.Published.Released.Where(r => r.Key with { Paper = cell.Paper } == cell);

    private static string Cards(JudgedCell cell) => $"{cell.Dataset.Title}, {cell.Key.Method}, {cell.Key.Model}, {cell.Key.Resolution} px, {cell.Key.Metric.Name().ToUpperInvariant()}";

    private static string Summary(double mean, double? std, int? runs) => $"{Show.Points(mean)}{(std is { } s ? $" ± {Show.Points(s)}" : "")} %{(runs is { } n ? $" of {Show.Count(n, "run")}" : "")}";

    private static string Target(OnTarget target) => $"{target.Kind.Words()}, 90 % interval {Show.SignedPoints(target.Interval.Low)} to {Show.SignedPoints(target.Interval.High)}{(target is { Kind: OnTargetKind.Undecided, SeedsNeeded: { } seeds } ? $", about {seeds} seeds for a decision at zero gap" : "")}";

    private static string Settling(KnownCell cell, CellVerdict verdict) => (cell.Declared, verdict.Kind, verdict.SeedsNeeded) switch
    {
        (null, _, _) => "no experiment declares it: add a grid to experiments/",
        (_, VerdictKind.Reproduced or VerdictKind.Deviates or VerdictKind.KnownDeviation, _) => "it is decided",
        ({ } declared, VerdictKind.NotRun, _) => Book.CommandFor(declared),
        ({ } declared, _, { } needed) when needed > declared.MayCount =>
            $"about {needed} seeds in all, all else equal; the experiment lets {declared.MayCount} count: raise most-seeds, and its version, before they are run",
        ({ } declared, _, { } needed) => $"about {needed} seeds in all, all else equal ({declared.Seeds.Count} are declared): {Book.CommandFor(declared, needed)}",
        _ => "no number of our seeds would: it takes more runs behind the printed number, or its spread",
    };

    private static IEnumerable<Claim> Claims(Book book, CellKey key) => book.Claims.Where(c => c.IsOnCells && c.Paper == key.Paper && c.Weights == TestedWeights.Selected
        && c.Entry.Where.Accepts(key, book.Published.Models.FirstOrDefault(m => m.Paper == key.Paper && m.Model == key.Model)?.Kind ?? ""));

    private static void Line(string name, string text) => Console.Out.WriteLine($"{name}: {text}");
}

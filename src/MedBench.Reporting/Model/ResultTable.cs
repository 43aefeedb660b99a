using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Model;

/// <summary>Some cells as a table, apart from how it looks: the terminal, JSON and text are views of it.</summary>
/// <param name="Title">For example the claim.</param>
/// <param name="Environment">One line for each machine that ran something.</param>
/// <param name="Cells">The cells, in order.</param>
/// <param name="Summary">The verdicts read together.</param>
/// <param name="Legend">Test, margin, alpha, version and hash of the rules.</param>
/// <param name="Caveats">What a reader must know besides, each once.</param>
public sealed record ResultTable(
    string Title,
    IReadOnlyList<string> Environment,
    IReadOnlyList<JudgedCell> Cells,
    ClaimSummary Summary,
    IReadOnlyList<string> Legend,
    IReadOnlyList<string> Caveats)
{
    /// <summary>Headings of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["cell", "seed", "ours %", "published %", "gap", "verdict", "why"];

    /// <summary>The report on some cells.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="cells">Judged cells.</param>
    /// <param name="environments">Environments of the runs behind them.</param>
    /// <param name="rules">The rules that judged them.</param>
    public static ResultTable Of(string title, IReadOnlyList<JudgedCell> cells, IEnumerable<RunEnvironment> environments, VerdictRules rules)
    {
        string margins = string.Join(", ", rules.Margins.OrderBy(m => m.Key).Select(m => $"{m.Key.Name()} ±{Show.Points(m.Value.Value)} points"));
        return new ResultTable(
            title,
            [.. environments.Distinct().Select(e => $"{e.Hardware}, {e.Threads} threads, {e.Os}, {e.Runtime}, libtorch {e.Libtorch}, MedBenchRepro {e.Version}")],
            cells,
            ClaimSummary.Of([.. cells.Select(c => c.Verdict)], rules),
            [
                $"reproduced: two one-sided t tests at alpha {Show.Number(rules.Alpha, 2)} place the difference of means inside the margin ({margins}; accuracy never below one test image)",
                $"deviates: the {Show.Number(100 * (1 - rules.Alpha), 0)} % interval of the difference lies beyond the margin, of several cells after Holm's correction",
                "consistent: neither, and the printed number lies where a mean of as many of our runs would; inconsistent: it does not; inconclusive: no spread between seeds is known",
                "k-NN is deterministic: reproduced only if its votes reach the printed value when distances move as another precision moves them",
                "noise: between seeds on one fixed test set (rerun), not between patients; s is its standard deviation; ± after our mean is the sample std",
                $"rules {rules.Version}, sha256 {rules.Hash}",
            ],
            [.. cells.SelectMany(c => c.Verdict.Caveats).Distinct()]);
    }

    /// <summary>One row a seed, then one that closes the cell: mean ± spread, the published number, gap, verdict, reason.</summary>
    public IEnumerable<ReportRow> Rows()
    {
        foreach (var cell in Cells)
        {
            foreach (var seed in cell.Seeds)
                yield return new ReportRow([cell.Key.ToString(), $"{seed.Seed}", Show.Points(seed.Value), "", "", "", ""], null);
            yield return new ReportRow(
                [cell.Key.ToString(), cell.Seeds.Count == 1 ? "1 seed" : $"{cell.Seeds.Count} seeds", Ours(cell), Published(cell), Gap(cell.Verdict), cell.Verdict.Kind.Words(), cell.Verdict.Reason],
                cell.Verdict.Kind);
        }
    }

    /// <summary>How many cells came out how, and what chance alone would do.</summary>
    public IEnumerable<string> SummaryLines()
    {
        yield return string.Join(", ", Summary.Counts.OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key.Words()}"));
        if (Summary.ExpectedFalseAlarms > 0)
            yield return $"by chance alone at most {Show.Number(Summary.ExpectedFalseAlarms, 1)} cells would be called deviating; after Holm {Summary.DeviatesAfterHolm} remain, after Benjamini-Hochberg {Summary.DeviatesAfterBenjaminiHochberg}";
    }

    /// <summary>Aligned plain lines, for logs and terminals without colour.</summary>
    public string ToText()
    {
        const string Gutter = "  ";
        IReadOnlyList<string>[] rows = [Columns, .. Rows().Select(r => r.Fields)];
        int[] widths = [.. Enumerable.Range(0, Columns.Count).Select(c => rows.Max(r => r[c].Length))];
        string[] lines =
        [
            Title, .. Environment, "",
            .. rows.Select(row => string.Join(Gutter, row.Select((field, c) => field.PadRight(widths[c]))).TrimEnd()),
            "", .. SummaryLines(), "", .. Legend, .. Caveats.Select(c => $"caveat: {c}"),
        ];
        return string.Concat(lines.Select(l => l + "\n"));
    }

    private static string Ours(JudgedCell cell) => cell.Verdict.Ours is { } ours
        ? Show.Points(ours.Mean) + (ours.Std is { } std ? $" ± {Show.Points(std)}" : "")
        : "";

    private static string Published(JudgedCell cell) => cell.Published is { } published
        ? Show.Points(published.Mean) + (published.Std is { } std ? $" ± {Show.Points(std)}" : "") + $" (n = {(published.Runs is { } runs ? $"{runs}" : "?")})"
        : "none";

    private static string Gap(CellVerdict verdict) => verdict.Gap is { } gap
        ? Show.SignedPoints(gap) + (verdict.GapInStd is { } s ? $" ({Show.Number(s, 1)} s)" : "")
        : "";
}

/// <summary>One row of <see cref="ResultTable.Rows"/>.</summary>
/// <param name="Fields">Text by column; see <see cref="ResultTable.Columns"/>.</param>
/// <param name="Verdict">The outcome on a cell's closing row; null on the rows of single seeds.</param>
public sealed record ReportRow(IReadOnlyList<string> Fields, VerdictKind? Verdict);

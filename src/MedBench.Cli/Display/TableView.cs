using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;
using Spectre.Console;

namespace MedBench.Cli.Display;

/// <summary>A <see cref="ResultTable"/> on the terminal; plain aligned text where nobody looks.</summary>
internal static class TableView
{
    public static void Write(ResultTable table)
    {
        if (!Terminal.IsInteractive)
        {
            Console.Out.Write(table.ToText());
            return;
        }
        // The last column, the reason, is too long for a table: it goes below.
        int columns = ResultTable.Columns.Count - 1;
        var view = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(table.Title)) };
        foreach (string column in ResultTable.Columns.Take(columns)) view.AddColumn(Markup.Escape(column));
        foreach (var row in table.Rows())
            view.AddRow([.. row.Fields.Take(columns).Select(field => new Markup(Markup.Escape(field), StyleOf(row.Verdict)))]);
        Terminal.Out.Write(view);
        foreach (var row in table.Rows().Where(r => r.Verdict is not null))
            Terminal.Out.MarkupLineInterpolated($"[bold]{row.Fields[0]}[/]: {row.Fields[^1]}");
        foreach (string line in table.SummaryLines()) Terminal.Out.MarkupLineInterpolated($"[bold]{line}[/]");
        foreach (string line in table.Legend.Concat(table.Environment).Concat(table.Caveats.Select(c => "caveat: " + c))) Terminal.Out.MarkupLineInterpolated($"[grey]{line}[/]");
    }

    private static Style StyleOf(VerdictKind? verdict) => verdict switch
    {
        null => new Style(Color.Grey),
        VerdictKind.Reproduced => new Style(Color.Green),
        VerdictKind.Deviates or VerdictKind.StaleKnownDeviation => new Style(Color.Red),
        VerdictKind.Consistent or VerdictKind.Inconsistent or VerdictKind.Inconclusive or VerdictKind.KnownDeviation => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}

using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using MedBench.Core.Errors;

namespace MedBench.Reporting.Checks;

/// <summary>What a page of <c>medbench report</c> says, taken apart: a name for each place, and what stands there.</summary>
internal sealed class PageContent
{
    /// <summary>Where the title stands among <see cref="Places"/>.</summary>
    internal const string TitlePlace = "title 1";

    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    private PageContent()
    {
    }

    /// <summary>Papers that it is about.</summary>
    internal IReadOnlyList<string> Papers { get; private init; } = [];

    /// <summary>Configurations that got figures of their own.</summary>
    internal int Details { get; private init; }

    /// <summary>The program that made it.</summary>
    internal string Generator { get; private init; } = "";

    /// <summary>Ids of the runs behind it.</summary>
    internal HashSet<string> Runs { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything else, by place.</summary>
    internal IReadOnlyDictionary<string, string> Places => _places;

    /// <summary>Takes a page apart.</summary>
    /// <param name="html">The page.</param>
    /// <param name="name">Its name in errors.</param>
    /// <exception cref="MedBenchException">It is no such page.</exception>
    internal static PageContent Of(string html, string name)
    {
        using var page = new HtmlParser().ParseDocument(html);
        string[]? options = page.QuerySelector("meta[name=medbench-report]")?.GetAttribute("content")?.Split(';');
        if (options is not [var papers, var details] || !int.TryParse(details, out int count) || page.QuerySelector("script#records") is not { } records)
            throw new MedBenchException($"{name} is not a page of this version of `medbench report`, or its data were cut out", "make it anew with `medbench report`");
        var content = new PageContent
        {
            Papers = papers.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Details = count,
            Generator = page.QuerySelector("meta[name=generator]")?.GetAttribute("content") ?? "",
        };
        content.ReadRecords(records.TextContent, name);
        foreach (var figure in page.QuerySelectorAll("figure[id]")) content.ReadFigure(figure);
        content.ReadCells(page, "cell", "#cell-table");
        content.ReadCells(page, "twins of", "#twin-table");
        foreach (var (place, selector) in ((string, string)[])[("title", "h1"), ("notice", ".notices li"), ("verdicts", ".counts li"), ("what was run", ".facts > div"), ("claim", ".claims > li"), ("method", "#method li"), ("twins", "#twins li"), ("limitation", "#limitations li")])
            foreach (var (i, element) in page.QuerySelectorAll(selector).Index()) content.Add($"{place} {i + 1}", Text(element));
        return content;
    }

    private void ReadRecords(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            string[] strings = Strings(root, "strings"), fields = Strings(root, "fields"), metrics = Strings(root, "metrics");
            foreach (var run in root.GetProperty("runs").EnumerateObject())
            {
                Runs.Add(run.Name);
                JsonElement[] values = [.. run.Value.EnumerateArray()], spec = [.. root.GetProperty("cells")[values[0].GetInt32()].GetProperty("spec").EnumerateArray()];
                for (int i = 0; i < fields.Length; i++) Add($"run {run.Name}: {fields[i]}", strings[spec[i].GetInt32()]);
                for (int i = 0; i < metrics.Length; i++) Add($"run {run.Name}: {metrics[i]}", values[4][i].GetRawText());
                Add($"run {run.Name}: seed", values[1].GetRawText());
                Add($"run {run.Name}: subset", strings[values[2].GetInt32()]);
                Add($"run {run.Name}: environment", root.GetProperty("environments")[values[3].GetInt32()].GetRawText());
                Add($"run {run.Name}: seconds", values[5].GetRawText());
                Add($"run {run.Name}: memory", values[6].GetRawText());
                Add($"run {run.Name}: end", values[7].GetRawText());
                Add($"run {run.Name}: notes", string.Join("; ", values[8].EnumerateArray().Select(n => strings[n.GetInt32()])));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new MedBenchException($"{name}: the records in the page are damaged: {e.Message}", "make it anew with `medbench report`", e);
        }
    }

    private void ReadFigure(IElement figure)
    {
        string id = figure.Id!;
        Add($"figure {id}: caption", Text(figure.QuerySelector("figcaption")));
        Add($"figure {id}: drawing", figure.QuerySelector("svg")?.OuterHtml ?? "");
        if (figure.QuerySelector("table") is not { } table) return;
        string[] columns = [.. table.QuerySelectorAll("thead th").Select(Text)];
        foreach (var (row, line) in table.QuerySelectorAll("tbody tr").Index())
            foreach (var (column, field) in line.Children.Index())
                Add($"figure {id}: row {row + 1} of its data, {columns.ElementAtOrDefault(column)}", Text(field));
    }

    private void ReadCells(AngleSharp.Html.Dom.IHtmlDocument page, string what, string table)
    {
        // Dataset, method, model, px, variant, metric.
        const int KeyColumns = 6;
        string[] columns = [.. page.QuerySelectorAll($"{table} thead th").Select(Text)];
        foreach (var line in page.QuerySelectorAll($"{table} tbody tr"))
        {
            string[] fields = [.. line.Children.Select(Text)];
            string key = string.Join('/', fields.Take(KeyColumns).Where(f => f.Length > 0));
            for (int i = KeyColumns; i < fields.Length; i++) Add($"{what} {key}: {columns.ElementAtOrDefault(i)}", fields[i]);
        }
    }

    // A place that is there twice is two places.
    private void Add(string place, string text)
    {
        for (int again = 1; !_places.TryAdd(again == 1 ? place : $"{place} ({again})", text);) again++;
    }

    private static string Text(IElement? element) => element is null ? "" : string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[] Strings(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(s => s.GetString()!)];
}

using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Html;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Checks;

/// <summary>
/// Whether a page still says what the store and the published files say. The page is made anew from them and both are compared place by
/// place: records, data and drawing of each figure, each row of the table, verdicts and claims. Besides, each number that a figure draws
/// is looked up where it says that it comes from.
/// </summary>
public sealed class PageCheck
{
    private readonly PageContent _page;
    private readonly string _name;

    private PageCheck(PageContent page, string name) => (_page, _name) = (page, name);

    /// <summary>Papers of the page: what the report to compare with must be about.</summary>
    public IReadOnlyList<string> Papers => _page.Papers;

    /// <summary>What its maker called it: says nothing of the store, and is not compared.</summary>
    public string? Title => _page.Places.GetValueOrDefault(PageContent.TitlePlace);

    /// <summary>Reads the page.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MedBenchException">There is no such file, or it is no such page.</exception>
    public static PageCheck Open(string path) => File.Exists(path)
        ? new PageCheck(PageContent.Of(TextFile.Read(path), path), path)
        : throw new MedBenchException($"no page {path}", "name a page that `medbench report` made");

    /// <summary>Every difference, one line each; empty if all is as it should be.</summary>
    /// <param name="report">The report on <see cref="Papers"/>, called <see cref="Title"/>, built now.</param>
    /// <param name="published">The published numbers.</param>
    public IReadOnlyList<string> Differences(BenchmarkReport report, PublishedResults published)
    {
        var now = PageContent.Of(new HtmlPage(published, _page.Details).Render(report), "the page made anew");
        var lines = new List<string>();
        if (_page.Generator != now.Generator) lines.Add($"{_name} was made by {_page.Generator}, this is {now.Generator}: differences may come from that");
        lines.AddRange(_page.Runs.Except(now.Runs).Order(StringComparer.Ordinal).Select(r => $"run {r} is on the page, but not in the store"));
        lines.AddRange(now.Runs.Except(_page.Runs).Order(StringComparer.Ordinal).Select(r => $"run {r} came into the store after the page was made"));
        foreach (string place in _page.Places.Keys.Union(now.Places.Keys).Where(p => !IsOfOneSide(p, now)))
            if (Difference(place, _page.Places.GetValueOrDefault(place), now.Places.GetValueOrDefault(place)) is { } line) lines.Add(line);
        lines.AddRange(SourceCheck.Unfounded(new ReportFigures(published, _page.Details).Draw(report), report, published));
        return lines;
    }

    // A run that only one side has was named already.
    private bool IsOfOneSide(string place, PageContent now) =>
        place.StartsWith("run ", StringComparison.Ordinal) && place[4..place.IndexOf(':', StringComparison.Ordinal)] is var run && _page.Runs.Contains(run) != now.Runs.Contains(run);

    private static string? Difference(string place, string? page, string? now) => (page, now) switch
    {
        _ when page == now => null,
        (null, _) => $"{place}: is missing on the page",
        (_, null) => $"{place}: is on the page, but does not come from the store or the published files",
        _ when place.EndsWith(": drawing", StringComparison.Ordinal) => $"{place}: is drawn otherwise from the store",
        _ => $"{place}: '{Labels.Cut(page, 120)}' on the page, '{Labels.Cut(now, 120)}' from the store",
    };
}

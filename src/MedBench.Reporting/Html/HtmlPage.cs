using MedBench.Claims.Published;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Html;

/// <summary>The report as one page that holds its style, script, figures and data: equal reports give equal bytes.</summary>
/// <param name="published">Tells CNNs from ViTs.</param>
/// <param name="details">Configurations that get figures of their own.</param>
public sealed class HtmlPage(PublishedResults published, int details = 24)
{
    private static readonly PageTemplate s_template = new(
        "page.liquid",
        typeof(PagePaper), typeof(PageLive), typeof(PageLiveRow), typeof(PageTwins), typeof(PageTwinsRow), typeof(PageNotice), typeof(PageCount), typeof(PageClaimGroup), typeof(PageClaim),
        typeof(PageCaveat), typeof(PageSelect), typeof(PageRow), typeof(PageSeed));

    /// <summary>The whole page.</summary>
    public string Render(BenchmarkReport report) =>
        s_template.Render(PageBuilder.Of(report, new ReportFigures(published, details).Draw(report)) with { Options = $"{string.Join(',', report.Papers.Select(p => p.Name))};{details}" });
}

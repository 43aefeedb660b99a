using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using MedBench.Claims.Published;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Html;

/// <summary>The report as one page that holds its style, script, figures and data: equal reports give equal bytes.</summary>
/// <param name="published">Tells CNNs from ViTs.</param>
/// <param name="details">Configurations that get figures of their own.</param>
public sealed class HtmlPage(PublishedResults published, int details = 24)
{
    // All scripts of the world are safe to leave as they are; markup is not.
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly Lazy<IFluidTemplate> s_template = new(() => new FluidParser().Parse(TemplateFiles.Read("page.liquid")));

    /// <summary>The whole page.</summary>
    public string Render(BenchmarkReport report)
    {
        var model = PageBuilder.Of(report, new ReportFigures(published, details).Draw(report)) with { Options = $"{string.Join(',', report.Papers.Select(p => p.Name))};{details}" };
        // The encoder writes every plus sign in five letters, for the sake of UTF-7, which no browser reads any more.
        return s_template.Value.Render(new TemplateContext(model, Options()), s_encoder).Replace("&#x2B;", "+", StringComparison.Ordinal);
    }

    private static TemplateOptions Options()
    {
        var options = new TemplateOptions { StrictVariables = true, StrictFilters = true, CultureInfo = CultureInfo.InvariantCulture };
        foreach (var type in (Type[])[typeof(PagePaper), typeof(PageLive), typeof(PageLiveRow), typeof(PageTwins), typeof(PageTwinsRow), typeof(PageNotice), typeof(PageCount), typeof(PageFact), typeof(PageClaimGroup), typeof(PageClaim), typeof(PageCaveat), typeof(PageSelect), typeof(PageRow), typeof(PageSeed), typeof(FigureGroup), typeof(Figure), typeof(FigureTable), typeof(FigureRow)])
            options.MemberAccessStrategy.Register(type);
        return options;
    }
}

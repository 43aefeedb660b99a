using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using MedBench.Reporting.Figures;

namespace MedBench.Reporting.Html;

/// <summary>A template of <c>Html/Templates</c>, parsed when it is first used.</summary>
/// <param name="file">Its name.</param>
/// <param name="parts">The types whose members it names, besides those of figures and facts.</param>
internal sealed class PageTemplate(string file, params Type[] parts)
{
    private static readonly Type[] s_common = [typeof(PageFact), typeof(FigureGroup), typeof(Figure), typeof(FigureTable), typeof(FigureRow)];

    // All scripts of the world are safe to leave as they are; markup is not.
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly Lazy<IFluidTemplate> _template = new(() => new FluidParser().Parse(TemplateFiles.Read(file)));

    /// <summary>The version that a page says it was made by.</summary>
    internal static string Generator { get; } = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    /// <summary>The page.</summary>
    /// <param name="model">What the template's names stand for.</param>
    internal string Render(object model)
    {
        var options = new TemplateOptions { StrictVariables = true, StrictFilters = true, CultureInfo = CultureInfo.InvariantCulture, FileProvider = TemplateFiles.Provider };
        foreach (var type in s_common.Concat(parts)) options.MemberAccessStrategy.Register(type);
        // The encoder writes every plus sign in five letters, for the sake of UTF-7, which no browser reads any more.
        return _template.Value.Render(new TemplateContext(model, options), s_encoder).Replace("&#x2B;", "+", StringComparison.Ordinal);
    }
}

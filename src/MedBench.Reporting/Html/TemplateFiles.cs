using System.Reflection;

namespace MedBench.Reporting.Html;

/// <summary>The embedded templates, style sheet and script.</summary>
internal static class TemplateFiles
{
    /// <summary>The text of one file of <c>Html/Templates</c>.</summary>
    internal static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Html/{name}")
            ?? throw new ArgumentException($"no embedded template '{name}'", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

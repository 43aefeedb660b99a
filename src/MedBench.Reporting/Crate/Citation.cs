using System.Reflection;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MedBench.Reporting.Crate;

/// <summary>What the repository's <c>CITATION.cff</c> says of this software.</summary>
internal sealed record Citation
{
    /// <summary>Title of the software.</summary>
    public string Title { get; init; } = "";

    /// <summary>SPDX identifier of its licence.</summary>
    public string License { get; init; } = "";

    /// <summary>Address of the repository; empty if none is given.</summary>
    public string RepositoryCode { get; init; } = "";

    /// <summary>People and groups.</summary>
    public List<CitationAuthor> Authors { get; init; } = [];

    /// <summary>The copy embedded in this assembly.</summary>
    internal static Citation Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CITATION.cff")!;
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).IgnoreUnmatchedProperties().Build().Deserialize<Citation>(reader);
    }
}

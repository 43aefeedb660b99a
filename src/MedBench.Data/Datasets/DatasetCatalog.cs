using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Data.Datasets;

/// <summary>The datasets that the benchmark knows, read from the embedded <c>Cards/*.json</c>.</summary>
public static class DatasetCatalog
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly IReadOnlyList<DatasetCard> s_cards = Read(Resources());

    /// <summary>Every published dataset, by card file and then in file order; what a paper's list holds is said by its collections.</summary>
    public static IReadOnlyList<DatasetCard> All { get; } = [.. s_cards.Where(card => card.Files.Count > 0)];

    /// <summary>The generated dataset of demos and tests; no evidence for any claim.</summary>
    public static DatasetCard Synthetic { get; } = s_cards.Single(card => card.Files.Count == 0);

    /// <summary>The names of all, the synthetic one included.</summary>
    public static IReadOnlyList<string> KnownNames { get; } = [.. All.Append(Synthetic).Select(card => card.Name)];

    /// <summary>Names of the collections: <c>medmnist2d</c> are the 12 two-dimensional datasets of MedMNIST v2 (Yang et al., Sci Data 10:41, 2023), in MedMNIST's order.</summary>
    public static IReadOnlyList<string> Collections { get; } = [.. s_cards.Select(card => card.Collection).Distinct()];

    /// <summary>The card named <paramref name="name"/> (case ignored), the synthetic one included; null if there is none.</summary>
    public static DatasetCard? Find(string name) =>
        All.Append(Synthetic).FirstOrDefault(card => card.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The card named <paramref name="name"/>, as <see cref="Find"/> finds it.</summary>
    /// <exception cref="MedBenchException">There is none; the message suggests the nearest name.</exception>
    public static DatasetCard Get(string name) =>
        Find(name) ?? throw Names.Unknown("dataset", name, KnownNames);

    /// <summary>The card named <paramref name="nameOrPath"/>, or the reader's own of that path if it ends in <c>.yaml</c> or <c>.yml</c>.</summary>
    /// <param name="nameOrPath">Name or path.</param>
    /// <param name="progress">Told how far the reading of the reader's own image files is.</param>
    /// <exception cref="MedBenchException">There is none, or it is malformed.</exception>
    public static DatasetCard GetOrRead(string nameOrPath, IProgress<OwnProgress>? progress = null) =>
        FolderListing.IsYaml(nameOrPath) ? OwnDataset.Read(nameOrPath, progress: progress) : Get(nameOrPath);

    /// <summary>The cards of a collection, or the one card of that name.</summary>
    /// <exception cref="MedBenchException">It is the name of neither.</exception>
    public static IReadOnlyList<DatasetCard> Named(string name) => Named(name, s_cards);

    internal static IReadOnlyList<DatasetCard> Named(string name, IReadOnlyList<DatasetCard> cards)
    {
        DatasetCard[] found = [.. cards.Where(card => card.Collection == name || card.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return found.Length > 0 ? found : throw Names.Unknown("dataset or collection", name, [.. cards.Select(card => card.Name), .. cards.Select(card => card.Collection).Distinct()]);
    }

    /// <summary>The cards of several files, each with its file's collection.</summary>
    internal static IReadOnlyList<DatasetCard> Read(IEnumerable<Stream> files)
    {
        var cards = new List<DatasetCard>();
        foreach (var stream in files)
        {
            using (stream)
            {
                var file = JsonSerializer.Deserialize<CardFile>(stream, s_json)!;
                cards.AddRange(file.Cards.Select(card => card with { Collection = file.Collection }));
            }
        }
        return cards;
    }

    private static IEnumerable<Stream> Resources()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith("Cards/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => assembly.GetManifestResourceStream(name)!);
    }

    private sealed record CardFile(string Source, string Collection, IReadOnlyList<DatasetCard> Cards);
}

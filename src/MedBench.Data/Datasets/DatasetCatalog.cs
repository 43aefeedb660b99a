using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;

namespace MedBench.Data.Datasets;

/// <summary>The datasets that the benchmark knows, read from the embedded <c>Cards/*.json</c>.</summary>
public static class DatasetCatalog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The 12 two-dimensional datasets of MedMNIST v2 (Yang et al., Sci Data 10:41, 2023), in MedMNIST's order.</summary>
    public static IReadOnlyList<DatasetCard> All { get; } = Read("medmnist");

    /// <summary>The generated dataset of demos and tests; no evidence for any claim.</summary>
    public static DatasetCard Synthetic { get; } = Read("synthetic").Single();

    /// <summary>The names of all, the synthetic one included.</summary>
    public static IReadOnlyList<string> KnownNames { get; } = [.. All.Append(Synthetic).Select(card => card.Name)];

    /// <summary>The card named <paramref name="name"/> (case ignored), the synthetic one included.</summary>
    /// <exception cref="MedBenchException">There is none; the message suggests the nearest name.</exception>
    public static DatasetCard Get(string name) =>
        All.Append(Synthetic).FirstOrDefault(card => card.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Names.Unknown("dataset", name, KnownNames);

    private static IReadOnlyList<DatasetCard> Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Cards/{resource}.json")!;
        return JsonSerializer.Deserialize<CardFile>(stream, Json)!.Cards;
    }

    private sealed record CardFile(string Source, IReadOnlyList<DatasetCard> Cards);
}

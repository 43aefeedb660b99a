using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Models.Cards;
using MedBench.Models.Kernels;

namespace MedBench.Models.Catalog;

/// <summary>All model cards, and models made from them.</summary>
public static class ModelCatalog
{
    private static readonly Lazy<IReadOnlyDictionary<string, ModelCard>> s_cards = new(Load);

    /// <summary>Every card, by family file and then in file order.</summary>
    public static IReadOnlyCollection<ModelCard> All => [.. s_cards.Value.Values];

    /// <summary>The card called <paramref name="name"/>.</summary>
    /// <exception cref="MedBenchException">Unknown name; the nearest known one is suggested.</exception>
    public static ModelCard Get(string name) =>
        s_cards.Value.TryGetValue(name, out var card) ? card : throw Untagged(name) ?? Names.Unknown("model", name, [.. s_cards.Value.Keys]);

    /// <summary>The card called <paramref name="nameOrPath"/>, or the reader's own of that path if it ends in <c>.yaml</c> or <c>.yml</c>.</summary>
    /// <exception cref="MedBenchException">There is none, or it is malformed.</exception>
    public static ModelCard GetOrRead(string nameOrPath) => FolderListing.IsYaml(nameOrPath) ? OwnEncoder.Read(nameOrPath) : Get(nameOrPath);

    // A name without its tag means timm's default one there; here a checkpoint has to be named.
    private static MedBenchException? Untagged(string name)
    {
        var tagged = s_cards.Value.Values.Where(c => c.Name.StartsWith(name + ".", StringComparison.Ordinal)).OrderByDescending(c => c.IsDefaultTag).ToList();
        return tagged.Count == 0 ? null : new MedBenchException($"unknown model '{name}': a checkpoint has a tag", tagged.Count == 1
            ? $"did you mean '{tagged[0].Name}'?"
            : $"did you mean '{tagged[0].Name}'{(tagged[0].IsDefaultTag ? ", timm's default" : "")}? There {(tagged.Count == 2 ? "is" : "are")} {string.Join(" and ", tagged.Skip(1).Select(c => c.Name))}, too");
    }

    /// <summary>The card called <paramref name="name"/>; null if there is none.</summary>
    public static ModelCard? Find(string name) => s_cards.Value.GetValueOrDefault(name);

    /// <summary>A freshly initialised model on the CPU; call <c>torch.manual_seed</c> first for a given initialisation.</summary>
    /// <param name="card">Which model.</param>
    /// <param name="numClasses">Outputs of the classifier; 0 for none.</param>
    /// <param name="inputSize">Input height and width in pixels; null for the card's own.</param>
    public static ImageModel Create(ModelCard card, int numClasses, int? inputSize = null)
    {
        if (!Architectures.All.TryGetValue(card.Architecture, out var build))
            throw Names.Unknown($"architecture in model card '{card.Name}'", card.Architecture, [.. Architectures.All.Keys]);
        ArgumentOutOfRangeException.ThrowIfNegative(numClasses);
        ConvolutionCheck.ThrowIfWrong();
        return build(card, new ModelArguments(numClasses, inputSize ?? card.InputSize));
    }

    private static IReadOnlyDictionary<string, ModelCard> Load()
    {
        var assembly = typeof(ModelCatalog).Assembly;
        var cards = new Dictionary<string, ModelCard>(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Cards/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            foreach (var card in JsonSerializer.Deserialize<ModelCard[]>(stream, ModelCard.Json)!) cards.Add(card.Name, card);
        }
        return cards;
    }
}

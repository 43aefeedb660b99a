using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Models.Cards;
using MedBench.Models.Weights;
using MedBench.Models.Weights.Hub;

namespace MedBench.Models.Catalog;

/// <summary>The published checkpoints of model cards.</summary>
public static class ModelCheckpoints
{
    /// <summary>Whether the checkpoint of <paramref name="card"/> is on this machine; its content is not looked at.</summary>
    public static bool IsPresent(ModelCard card) => card.Hub is not null && InStore(store => store.Locate(card.Name, card.Hub)) is not null;

    /// <summary>The checkpoint of <paramref name="card"/> if it is on this machine, else null.</summary>
    /// <exception cref="MedBenchException">The file that is here has another sha256 than the card says.</exception>
    public static ResolvedWeights? Find(ModelCard card) => card.Hub is null ? null : InStore(store => store.Find(card.Name, card.Hub));

    /// <summary>The checkpoint of <paramref name="card"/>, downloaded if need be.</summary>
    /// <param name="card">Which model.</param>
    /// <param name="progress">Told of a download.</param>
    /// <param name="cancel">Stops a download; what has arrived stays for the next try.</param>
    /// <exception cref="MedBenchException">The model has no checkpoint, or it cannot be downloaded; says which file to put where.</exception>
    public static async Task<ResolvedWeights> GetAsync(ModelCard card, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        var source = card.Hub ?? throw new MedBenchException($"{card.Name} has no published checkpoint", "train it from scratch, or give a file by --weights");
        var settings = HubSettings.FromEnvironment();
        using var hub = new HubClient(settings);
        return await new WeightStore(settings, hub).GetAsync(card.Name, source, progress, cancel).ConfigureAwait(false);
    }

    /// <summary>
    /// Fills <paramref name="model"/> with a checkpoint of <paramref name="card"/>: keys are renamed as the card says, every
    /// one must be in both, and a tensor of another shape is adapted where the model knows how (position embeddings of
    /// another input size).
    /// </summary>
    /// <param name="model">Filled in place, whole or not at all.</param>
    /// <param name="card">Its card.</param>
    /// <param name="path">The checkpoint, safetensors or PyTorch.</param>
    /// <param name="keepClassifier">Whether the checkpoint's classifier is loaded; if not, the model's own stays as it is, whatever the file holds for it.</param>
    /// <param name="part">Of a file that holds several state dicts, the one to read; null for the one that timm takes.</param>
    /// <exception cref="MedBenchException">The file is damaged, or keys, shapes or types differ.</exception>
    public static LoadReport Load(ImageModel model, ModelCard card, string path, bool keepClassifier, string? part = null) => StateDictLoader.Load(model, path, new LoadOptions
    {
        Part = part,
        Rename = card.Hub?.Remap is { } remap ? KeyRemap.Embedded(remap) : KeyRemap.None,
        ReplacedPrefixes = keepClassifier ? [] : [model.ClassifierName],
        Adapt = model.AdaptCheckpointTensor,
    });

    private static T InStore<T>(Func<WeightStore, T> look)
    {
        var settings = HubSettings.FromEnvironment();
        using var hub = new HubClient(settings);
        return look(new WeightStore(settings, hub));
    }
}

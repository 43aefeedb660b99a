using MedBench.Data.Errors;
using MedBench.Models.Weights;

namespace MedBench.Models.Cards;

/// <summary>The published checkpoints of model cards.</summary>
public static class ModelCheckpoints
{
    /// <summary>Whether the checkpoint of <paramref name="card"/> is on this machine; its content is not looked at.</summary>
    public static bool IsPresent(ModelCard card)
    {
        var settings = HubSettings.FromEnvironment();
        using var hub = new HubClient(settings);
        return card.Hub is not null && new WeightStore(settings, hub).Locate(card.Name, SourceOf(card)) is not null;
    }

    /// <summary>The checkpoint of <paramref name="card"/> if it is on this machine, else null.</summary>
    /// <exception cref="MedBenchException">The file that is here has another sha256 than the card says.</exception>
    public static ResolvedWeights? Find(ModelCard card)
    {
        var settings = HubSettings.FromEnvironment();
        using var hub = new HubClient(settings);
        return card.Hub is null ? null : new WeightStore(settings, hub).Find(card.Name, SourceOf(card));
    }

    /// <summary>The checkpoint of <paramref name="card"/>, downloaded if need be.</summary>
    /// <param name="card">Which model.</param>
    /// <param name="progress">Told of a download.</param>
    /// <param name="cancel">Stops a download; what has arrived stays for the next try.</param>
    /// <exception cref="MedBenchException">The model has no checkpoint, or it cannot be downloaded; says which file to put where.</exception>
    public static async Task<ResolvedWeights> GetAsync(ModelCard card, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        var settings = HubSettings.FromEnvironment();
        using var hub = new HubClient(settings);
        return await new WeightStore(settings, hub).GetAsync(card.Name, SourceOf(card), progress, cancel).ConfigureAwait(false);
    }

    private static WeightSource SourceOf(ModelCard card) => card.Hub is { Repository: { } repository, File: { } file } hub
        ? new WeightSource(repository, file, hub.Revision, hub.Sha256)
        : throw new MedBenchException($"{card.Name} has no published checkpoint", "train it from scratch, or give a file by --weights");
}

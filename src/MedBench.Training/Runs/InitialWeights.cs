using MedBench.Core.Files;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Parity;
using MedBench.Models.Weights.Hub;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>What a run's model starts from, and its identity.</summary>
/// <param name="Id">Part of the run id.</param>
/// <param name="Checkpoint">File to load; null for the other two.</param>
public sealed record InitialWeights(WeightsId Id, string? Checkpoint = null)
{
    /// <summary>Random initialisation by the run's seed: training from scratch.</summary>
    public static InitialWeights Initialised { get; } = new(WeightsId.Initialised);

    /// <summary>The parity formula (<see cref="FormulaWeights"/>): no published result can be reproduced with it, but stacks can be compared.</summary>
    public static InitialWeights Formula { get; } = new(WeightsId.Formula);

    /// <summary>A published checkpoint.</summary>
    public static InitialWeights From(ResolvedWeights weights) => new(WeightsId.Checkpoint(weights.Sha256), weights.Path);

    /// <summary>Any checkpoint file.</summary>
    public static InitialWeights FromFile(string path) => new(WeightsId.Checkpoint(Sha256.OfFile(path)), path);

    /// <summary>A model with these weights and a fresh classifier, initialised by <paramref name="seed"/>.</summary>
    /// <param name="card">Which model.</param>
    /// <param name="numClasses">Outputs of the classifier.</param>
    /// <param name="inputSize">Input side in pixels.</param>
    /// <param name="seed">Seed of whatever is random.</param>
    public ImageModel Create(ModelCard card, int numClasses, int inputSize, int seed)
    {
        manual_seed(seed);
        var model = ModelCatalog.Create(card, numClasses, inputSize);
        if (this == Initialised) return model;
        if (Checkpoint is null) FormulaWeights.Fill(model);
        else ModelCheckpoints.Load(model, card, Checkpoint, keepClassifier: false);
        manual_seed(seed);
        model.ResetClassifier(numClasses);
        return model;
    }
}

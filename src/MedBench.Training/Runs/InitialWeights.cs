using System.Security.Cryptography;
using System.Text;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Onnx;
using MedBench.Models.Parity;
using MedBench.Models.Weights.Hub;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>What a run's model starts from, and its identity.</summary>
/// <param name="Id">Part of the run id.</param>
/// <param name="Checkpoint">File to load; null for the other two.</param>
/// <param name="Part">Of a file that holds several state dicts, the one that was asked for; null for the one that timm takes.</param>
/// <param name="Reading">Of an encoder that ONNX Runtime runs, what is read and how, in words; null for all others.</param>
public sealed record InitialWeights(WeightsId Id, string? Checkpoint = null, string? Part = null, string? Reading = null)
{
    /// <summary>Random initialisation by the run's seed: training from scratch.</summary>
    public static InitialWeights Initialised { get; } = new(WeightsId.Initialised);

    /// <summary>The parity formula (<see cref="FormulaWeights"/>): no published result can be reproduced with it, but stacks can be compared.</summary>
    public static InitialWeights Formula { get; } = new(WeightsId.Formula);

    /// <summary>The checkpoint of a card. An encoder that ONNX Runtime runs is the file and how it is read: another output is another one.</summary>
    /// <param name="card">The card.</param>
    /// <param name="weights">Its checkpoint.</param>
    public static InitialWeights From(ModelCard card, ResolvedWeights weights) => card.IsOnnx
        ? new(WeightsId.Checkpoint(ContentHash.Of(new { weights.Sha256, card.Options })), weights.Path, Reading: OnnxEncoder.Describe(card))
        : new(WeightsId.Checkpoint(weights.Sha256), weights.Path);

    /// <summary>Any checkpoint file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">Of one that holds several state dicts, the one to read; other weights, and so another id.</param>
    public static InitialWeights FromFile(string path, string? part = null) => new(
        WeightsId.Checkpoint(part is null ? Sha256.OfFile(path) : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Sha256.OfFile(path)} {part}")))), path, part);

    /// <summary>Which part of the file is read, which are left, and what is taken off its keys; nothing where there is nothing to say.</summary>
    public IEnumerable<string> Notes()
    {
        if (Reading is not null) yield return Reading;
        if (Checkpoint is null || Reading is not null) yield break;
        using var file = Models.Weights.Checkpoint.Open(Checkpoint, Part);
        if (file.LeftParts.Count > 0) yield return $"weights: read from '{file.Part}' of {Path.GetFileName(Checkpoint)}, {(Part is null ? "as timm does" : "as was asked")}; '{string.Join("', '", file.LeftParts)}' left (--weights-part reads another)";
        if (file.Prefix.Length > 0) yield return $"weights: '{file.Prefix}' was taken off every key of {Path.GetFileName(Checkpoint)}";
    }

    /// <summary>A model with these weights and a fresh classifier, initialised by <paramref name="seed"/>.</summary>
    /// <param name="card">Which model.</param>
    /// <param name="numClasses">Outputs of the classifier.</param>
    /// <param name="inputSize">Input side in pixels.</param>
    /// <param name="seed">Seed of whatever is random.</param>
    public ImageModel Create(ModelCard card, int numClasses, int inputSize, int seed)
    {
        manual_seed(seed);
        var model = ModelCatalog.Create(card, numClasses, inputSize);
        if (this == Initialised || Reading is not null) return model;
        if (Checkpoint is null) FormulaWeights.Fill(model);
        else ModelCheckpoints.Load(model, card, Checkpoint, keepClassifier: false, Part);
        manual_seed(seed);
        model.ResetClassifier(numClasses);
        return model;
    }
}

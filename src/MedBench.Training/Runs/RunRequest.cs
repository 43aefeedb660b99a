using System.Globalization;
using MedBench.Data.Datasets;
using MedBench.Data.Errors;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Training.Recipes;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>One run: a method of a recipe for a model, a dataset and a seed.</summary>
/// <param name="Dataset">The open dataset.</param>
/// <param name="Model">Which model.</param>
/// <param name="Weights">What it starts from.</param>
/// <param name="Recipe">The protocol.</param>
/// <param name="Method">Key of <see cref="Recipe.Methods"/>: method, or method/variant.</param>
/// <param name="Seed">The seed; k-NN does not use it.</param>
/// <param name="Device">Where to compute.</param>
/// <param name="EncoderRate">Replaces the recipe's encoder learning rate; null for the recipe's.</param>
/// <param name="Subset">Part of the training split to train on, or to look for neighbours in; null for all of it.</param>
public sealed record RunRequest(ImageDataset Dataset, ModelCard Model, InitialWeights Weights, Recipe Recipe, string Method, int Seed, Device Device, double? EncoderRate = null, TrainingSubset? Subset = null)
{
    /// <summary>The method's rule.</summary>
    /// <exception cref="MedBenchException">The recipe has no such method.</exception>
    public MethodRule Rule => Recipe.Methods.TryGetValue(Method, out var rule) ? rule : throw Names.Unknown($"method of recipe {Recipe.Name}", Method, Recipe.Methods.Keys);

    /// <summary>Task, outputs and loss.</summary>
    public Engine.Objective Objective => new(Dataset.Card, Recipe.BinaryOutputs);

    /// <summary>SHA-256, in lower-case hex, over every setting of the recipe that this run uses; comments and other methods do not count.</summary>
    public string ProtocolHash => ContentHash.Of(new { Recipe.BinaryOutputs, Recipe.EvaluationBatchSize, Input, Rule, EncoderRate });

    /// <summary>Name of the training images for the run's identity: <c>all</c>, or the subset's name with the seed if it was drawn.</summary>
    public string SubsetName => Subset?.Name(Dataset.Train, Seed) ?? "all";

    /// <summary>What is done to each image.</summary>
    public InputPipelineOptions Input
    {
        get
        {
            var rule = Recipe.Input;
            int size = rule.Size == InputRule.Native ? Dataset.Size : rule.SizeByModel.GetValueOrDefault(Model.Name, int.Parse(rule.Size, CultureInfo.InvariantCulture));
            return new InputPipelineOptions(size, rule.Resize, rule.Filter, rule.Mean ?? Model.Mean, rule.Std ?? Model.Std);
        }
    }

    /// <summary>The images of one split; of the training split, those of <see cref="Subset"/>.</summary>
    public ImageSplit Images(Split split) => split == Split.Train && Subset is not null ? Subset.Of(Dataset.Train, Seed) : Dataset[split];
}

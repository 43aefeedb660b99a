using System.Globalization;
using System.Runtime.CompilerServices;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;

namespace MedBench.Training.Runs;

/// <summary>What is run, apart from seed, weights and machine: known without opening a data file or a checkpoint.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Size">Pixels of its data file.</param>
/// <param name="Model">Which model.</param>
/// <param name="Recipe">The protocol.</param>
/// <param name="Method">Key of <see cref="Recipe.Methods"/>.</param>
/// <param name="EncoderRate">Replaces the recipe's encoder learning rate; null for the recipe's.</param>
/// <param name="Subset">Part of the training split to train on, or to look for neighbours in; null for all of it.</param>
/// <param name="Resize">Replaces the recipe's way to the input size; null for the recipe's.</param>
public sealed record RunConfiguration(
    DatasetCard Dataset, int Size, ModelCard Model, Recipe Recipe, MethodName Method, double? EncoderRate = null, TrainingSubset? Subset = null, ResizeMode? Resize = null)
{
    // Outside of the record, which would copy it into configurations with other settings.
    private static readonly ConditionalWeakTable<RunConfiguration, string> s_hashes = [];

    /// <summary>The method's rule.</summary>
    /// <exception cref="MedBenchException">The recipe has no such method, or it trains an encoder that has no gradients.</exception>
    public MethodRule Rule =>
        !Recipe.Methods.TryGetValue(Method.ToString(), out var rule) ? throw Names.Unknown($"method of recipe {Recipe.Name}", Method.ToString(), Recipe.Methods.Keys)
        : rule.Encoder is null || !Model.IsOnnx ? rule
        : throw new MedBenchException(
            $"{Method} trains the encoder, and {Model.Name} is an ONNX graph: ONNX Runtime runs it and has no gradients",
            "use knn or linear-probing; an encoder that is to be trained needs an architecture here (CONTRIBUTING.md)");

    /// <summary>Task, outputs and loss.</summary>
    public Objective Objective => new(Dataset, Recipe.BinaryOutputs);

    /// <summary><see cref="EncoderRate"/> where it differs from the recipe's own rate for the model, else null: naming the recipe's rate, or one of an encoder that is not trained, changes nothing.</summary>
    public double? OtherEncoderRate => Rule.Encoder is not { } encoder || EncoderRate == encoder.RateFor(Model.Kind) ? null : EncoderRate;

    /// <summary><see cref="Resize"/> where it differs from the recipe's and the images have another size than the input, else null.</summary>
    public ResizeMode? OtherResize => Resize is null || Resize == Recipe.Input.Resize || Size == Input.InputSize ? null : Resize;

    /// <summary>SHA-256, in lower-case hex, over every setting of the recipe that this run uses; comments and other methods do not count.</summary>
    public string ProtocolHash => s_hashes.GetValue(this, run => ContentHash.Of(new { run.Recipe.BinaryOutputs, run.Recipe.EvaluationBatchSize, run.Input, run.Rule, EncoderRate = run.OtherEncoderRate }));

    /// <summary>
    /// What tells the recipe from the one that its name or its paper stands for: the first 8 hex digits of <see cref="ProtocolHash"/> without the
    /// other rate and resizing. Null for an embedded recipe as it is, and for a file that is a paper's own.
    /// </summary>
    public string? OtherRecipe
    {
        get
        {
            var embedded = RecipeCatalog.Find(Recipe.Name);
            if (ReferenceEquals(embedded, Recipe) || (embedded is null && (Recipe.Paper ?? Recipe.Name) == Recipe.Name)) return null;
            var plain = this with { EncoderRate = null, Resize = null };
            bool same = embedded?.Methods.ContainsKey(Method.ToString()) == true && (plain with { Recipe = embedded }).ProtocolHash == plain.ProtocolHash;
            return same ? null : plain.ProtocolHash[..8];
        }
    }

    /// <summary>What is done to each image.</summary>
    public InputPipelineOptions Input
    {
        get
        {
            var rule = Recipe.Input;
            int size = Model.IsOnnx ? Model.InputSize : rule.Size == InputRule.Native ? Size : rule.SizeByModel.GetValueOrDefault(Model.Name, int.Parse(rule.Size, CultureInfo.InvariantCulture));
            var resize = Resize is { } other && Size != size ? other : rule.Resize;
            // A recipe's mean and std are those of RGB in [0, 1]; a card's, in its own order and units.
            bool blueFirst = Model.ChannelOrder == ChannelOrder.BGR;
            float[] Own(float[] card) => [.. card.Select(v => v / Model.PixelMax)];
            float[]? Ordered(float[]? rgb) => Model.IsOnnx ? null : blueFirst && rgb is not null ? [.. rgb.Reverse()] : rgb;
            return new InputPipelineOptions(size, resize, rule.Filter, Ordered(rule.Mean) ?? Own(Model.Mean), Ordered(rule.Std) ?? Own(Model.Std), blueFirst);
        }
    }

    /// <summary>The training images of one run, for its identity.</summary>
    public SubsetDraw Draw(int seed) => Subset?.Draw(Dataset, seed) ?? SubsetDraw.All;
}

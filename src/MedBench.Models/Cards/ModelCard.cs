using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Models.Weights.Hub;

namespace MedBench.Models.Cards;

/// <summary>
/// A model as data: which architecture with which options, where its checkpoint is and how its input is prepared.
/// One JSON file per family under <c>Cards/</c>; a new checkpoint of a known architecture needs no code.
/// </summary>
/// <param name="Name">timm's model name, for example <c>resnet18.a1_in1k</c>.</param>
/// <param name="Architecture">Key of the builder in <c>Architectures</c>.</param>
/// <param name="Kind">CNN or ViT.</param>
/// <param name="Options">The architecture's options, read strictly into its own options record.</param>
/// <param name="Mean">Mean per channel, in the order of <paramref name="ChannelOrder"/>, of pixels in [0, <paramref name="PixelMax"/>].</param>
/// <param name="Std">Standard deviation per channel, likewise; positive.</param>
/// <param name="InputSize">Height and width in pixels that the checkpoint was trained for.</param>
/// <param name="Interpolation">timm's resize filter of the checkpoint, for information: the recipes say what they use.</param>
/// <param name="License">SPDX identifier or name of the checkpoint's licence.</param>
/// <param name="Pretraining">Data and method of the pretraining, in words.</param>
/// <param name="Hub">Where the checkpoint is; null for a model that is trained from scratch.</param>
/// <param name="Parameters">Parameters with the published classifier.</param>
/// <param name="Gmacs">10⁹ multiply-accumulates for one image of <paramref name="InputSize"/>, as <see cref="Inspection.ModelInspector"/> counts them.</param>
/// <param name="DefaultClasses">Outputs of the published classifier; 0 where the checkpoint has none.</param>
/// <param name="ChannelOrder">Which colour the network's first input channel is.</param>
/// <param name="PixelMax">Value of a white pixel in the units of <paramref name="Mean"/> and <paramref name="Std"/>: 1 as in PyTorch, or 255 as in Caffe and CNTK.</param>
/// <param name="TrainedRemap">Rename rules under <c>Cards/remap</c> for checkpoints that the authors' own code trains; null where its names are these.</param>
/// <param name="IsDefaultTag">Whether timm means this checkpoint by the name without its tag; said where there are several here.</param>
public sealed record ModelCard(
    string Name,
    string Architecture,
    EncoderKind Kind,
    JsonElement Options,
    float[] Mean,
    float[] Std,
    int InputSize,
    string Interpolation,
    string License,
    string Pretraining,
    long Parameters,
    double Gmacs,
    WeightSource? Hub = null,
    int DefaultClasses = 1000,
    ChannelOrder ChannelOrder = ChannelOrder.RGB,
    float PixelMax = 1,
    string? TrainedRemap = null,
    bool IsDefaultTag = false)
{
    /// <summary>The architecture of a graph that ONNX Runtime runs.</summary>
    internal const string OnnxArchitecture = "onnx";

    /// <summary>Whether it is somebody's own graph, which ONNX Runtime runs: frozen, and of its own input size and normalisation, whatever a recipe says.</summary>
    public bool IsOnnx => Architecture == OnnxArchitecture;

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The options as the architecture's own record.</summary>
    /// <exception cref="MedBenchException">The card names an option that the architecture lacks, or misses one.</exception>
    public T OptionsAs<T>()
    {
        try
        {
            return Options.Deserialize<T>(Json)!;
        }
        catch (JsonException e)
        {
            throw new MedBenchException($"model card '{Name}': options do not fit architecture '{Architecture}': {e.Message}", "compare the card with the architecture's Options record", e);
        }
    }
}

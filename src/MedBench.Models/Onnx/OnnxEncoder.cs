using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models.Cards;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Onnx;

/// <summary>
/// Somebody's encoder that ONNX Runtime runs, with a linear classifier of libtorch on top. The graph has no gradients: it is
/// frozen as it was exported, whatever mode the model is in, and computes on the CPU in its own precision.
/// </summary>
public sealed class OnnxEncoder : ImageModel
{
    // Of the largest feature. Batches of other sizes take other kernels, which float16 shows; dropout and batch statistics move features by far more.
    private const double LargestChange = 0.01;

    private readonly OnnxGraph _graph;
    private readonly OnnxOptions _options;
    private Linear? _classifier;

    private OnnxEncoder(OnnxGraph graph, OnnxOptions options, Tensor images, int numClasses)
    {
        (_graph, _options) = (graph, options);
        try
        {
            NumFeatures = CheckedWidth(images);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
        ResetClassifier(numClasses);
    }

    /// <inheritdoc/>
    public override int NumFeatures { get; }

    /// <inheritdoc/>
    public override int NumClasses => (int)(_classifier?.out_features ?? 0);

    /// <inheritdoc/>
    public override string ClassifierName => "head";

    /// <summary>Opens the file of a card, and runs two images through it several times: what is not a function of the image alone is refused.</summary>
    /// <exception cref="MedBenchException">The file or its form is not what the card says; or features change from run to run, with the batch, or not at all.</exception>
    internal static OnnxEncoder Create(ModelCard card, ModelArguments arguments)
    {
        var options = card.OptionsAs<OnnxOptions>();
        using var images = TwoImages(card);
        return new(new OnnxGraph(card.Hub!.Path!, options, card.InputSize), options, images, arguments.NumClasses);
    }

    /// <summary>What is read of a card's graph and how, in words, for the records of its runs.</summary>
    public static string Describe(ModelCard card)
    {
        var options = card.OptionsAs<OnnxOptions>();
        return $"encoder: {Path.GetFileName(card.Hub!.Path)} (sha256 {card.Hub.Sha256}), output {options.Output ?? "the only one"}, pooling {options.Pooling.Name()}, "
            + $"by ONNX Runtime {OnnxGraph.Version} on the CPU, frozen as it was exported; trained on: {card.Pretraining}; licence: {card.License}";
    }

    /// <summary>The output as the graph gives it: (N, D), tokens (N, T, D), or a map (N, D, H, W).</summary>
    public override Tensor ForwardFeatures(Tensor x)
    {
        using var scope = NewDisposeScope();
        var output = _graph.Run(x);
        if (output.dim() == 4 && _options is { Pooling: OutputPooling.SpatialMean, Layout: InputLayout.Nhwc }) output = output.permute(0, 3, 1, 2);
        return scope.MoveToOuter(output.to(x.device));
    }

    /// <inheritdoc/>
    public override Tensor ForwardHead(Tensor features, bool preLogits = false)
    {
        using var scope = NewDisposeScope();
        var pooled = Pooled(features);
        return scope.MoveToOuter(preLogits || _classifier is null ? pooled : _classifier.call(pooled));
    }

    /// <inheritdoc/>
    public override void ResetClassifier(int numClasses) =>
        _classifier = Replace(ClassifierName, numClasses == 0 ? null : Linear(NumFeatures, numClasses));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _graph.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Pooled(Tensor output)
    {
        int dimensions = (int)output.dim();
        return _options.Pooling switch
        {
            OutputPooling.None when dimensions >= 2 && output.shape.Skip(2).All(d => d == 1) => output.flatten(1),
            OutputPooling.ClassToken when dimensions == 3 => output.select(1, 0),
            OutputPooling.MeanOfPatches when dimensions == 3 && output.shape[1] > _options.PrefixTokens => output.narrow(1, _options.PrefixTokens, output.shape[1] - _options.PrefixTokens).mean([1]),
            OutputPooling.SpatialMean when dimensions == 4 => output.mean([2, 3]),
            _ => throw _graph.Error(
                $"output '{_graph.Output}' is [{string.Join(", ", output.shape)}], which pooling {_options.Pooling.Name()} cannot take",
                "choose none for (N, D), class-token or mean-of-patches for (N, T, D), spatial-mean for (N, D, H, W); or name another output"),
        };
    }

    private int CheckedWidth(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor first = images.narrow(0, 0, 1), alone = PreLogits(first), again = PreLogits(first);
        double largest = alone.abs().max().item<float>(), limit = LargestChange * largest;
        if (!double.IsFinite(largest)) throw _graph.Error($"output '{_graph.Output}' is not finite for a plain image", "check the card's pixel-max, mean and std, and the export: float16 overflows above 65504");
        if (Distance(alone, again) is var moved && moved > limit)
            throw _graph.Error($"output '{_graph.Output}' of one image changes by {Share(moved)} from one run to the next", "export it in evaluation mode, without dropout or noise: model.eval() before torch.onnx.export");
        Tensor both = PreLogits(images), beside = both.narrow(0, 0, 1);
        if (Distance(alone, beside) is var shift && shift > limit)
            throw _graph.Error($"output '{_graph.Output}' of one image changes by {Share(shift)} when another is in its batch", "export it in evaluation mode, so that BatchNorm uses its running statistics: model.eval() before torch.onnx.export");
        if (Distance(beside, both.narrow(0, 1, 1)) == 0)
            throw _graph.Error($"output '{_graph.Output}' is the same for two images that differ", "name the output of the features, and check the card's pixel-max, mean and std");
        return (int)alone.shape[1];

        string Share(double change) => string.Create(CultureInfo.InvariantCulture, $"{100 * change / Math.Max(change, largest):G2} % of its largest value");
    }

    private static double Distance(Tensor a, Tensor b) => (a - b).abs().max().item<float>();

    // Pixels by a formula: other generators' states are not touched.
    private static Tensor TwoImages(ModelCard card)
    {
        using var scope = NewDisposeScope();
        Tensor down = arange(card.InputSize).view(1, 1, card.InputSize, 1), across = arange(card.InputSize).view(1, 1, 1, card.InputSize);
        Tensor channel = arange(3).view(1, 3, 1, 1), image = arange(2).view(2, 1, 1, 1);
        var pixels = (((37 * down) + (59 * across) + (83 * channel) + (image * ((down * across) + 11))) % 256).to(ScalarType.Float32) * (card.PixelMax / 255);
        return scope.MoveToOuter((pixels - tensor(card.Mean).view(1, 3, 1, 1)) / tensor(card.Std).view(1, 3, 1, 1));
    }
}

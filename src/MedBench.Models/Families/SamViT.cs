using MedBench.Models.Cards;
using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// The image encoder of Segment Anything (timm <c>models/vision_transformer_sam.py</c>; Kirillov et al. 2023): windowed and
/// some global blocks with relative positions, a convolutional neck, mean pooling. Its position parameters keep the size
/// of the pretraining and are interpolated inside the forward pass for other input sizes, as timm does.
/// </summary>
public sealed class SamViT : ImageModel
{
    private const double NeckNormEps = 1e-6;
    private readonly PatchEmbed _patchEmbed;
    private readonly Sequential _blocks, _neck;
    private Sequential? _head;

    /// <summary>What a card says of a SAM encoder.</summary>
    /// <param name="PatchSize">Side of a patch in pixels.</param>
    /// <param name="Width">Width of a token.</param>
    /// <param name="Depth">Number of blocks.</param>
    /// <param name="Heads">Attention heads; must divide the width.</param>
    /// <param name="Window">Side of an attention window in tokens.</param>
    /// <param name="GlobalBlocks">Blocks, from 0, that attend over the whole grid.</param>
    /// <param name="NeckWidth">Channels of the output.</param>
    /// <param name="NormEps">Epsilon of the blocks' LayerNorms: 1e-6 in Segment Anything's own code, torch's 1e-5 in timm.</param>
    public sealed record Options(int PatchSize, int Width, int Depth, int Heads, int Window, int[] GlobalBlocks, int NeckWidth, double NormEps = 1e-5);

    /// <summary>Makes the model with torch's default initialisation and zero positions, as timm does.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="trainedSize">Side of the image in pixels that the position parameters are for.</param>
    /// <param name="arguments">Classes, and the input size that the model is run at.</param>
    public SamViT(Options options, int trainedSize, ModelArguments arguments)
    {
        var (width, trainedGrid) = (options.Width, trainedSize / options.PatchSize);
        NumFeatures = options.NeckWidth;
        _patchEmbed = Add("patch_embed", new PatchEmbed(width, options.PatchSize, arguments.InputSize));
        AddParameter("pos_embed", zeros(1, trainedGrid, trainedGrid, width));
        _blocks = Add("blocks", Sequential(Enumerable.Range(0, options.Depth).Select(block =>
        {
            var (window, trainedWindow) = options.GlobalBlocks.Contains(block) ? (_patchEmbed.Grid, trainedGrid) : (options.Window, options.Window);
            var attention = new RelativeAttention(width, options.Heads, window, trainedWindow);
            return new TransformerBlock(width, options.NormEps, attention, new Mlp(width, 4 * width));
        })));
        _neck = Add("neck", Sequential(
            Conv2d(width, NumFeatures, 1, bias: false),
            new ChannelNorm(NumFeatures, NeckNormEps),
            Conv2d(NumFeatures, NumFeatures, 3, padding: 1, bias: false),
            new ChannelNorm(NumFeatures, NeckNormEps)));
        ResetClassifier(arguments.NumClasses);
    }

    /// <inheritdoc/>
    public override int NumFeatures { get; }

    /// <inheritdoc/>
    public override int NumClasses => (int)(_head?.children().OfType<Linear>().Single().out_features ?? 0);

    /// <inheritdoc/>
    public override string ClassifierName => "head.fc";

    /// <summary>Builds the model that <paramref name="card"/> describes.</summary>
    public static SamViT Create(ModelCard card, ModelArguments arguments) => new(card.OptionsAs<Options>(), card.InputSize, arguments);

    /// <inheritdoc/>
    public override Tensor ForwardFeatures(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = _patchEmbed.call(x);
        // Looked up each time: moving a module to another device replaces its parameters.
        x = x + PositionEmbedding.ResampleGrid(get_parameter("pos_embed")!, (_patchEmbed.Grid, _patchEmbed.Grid));
        return scope.MoveToOuter(_neck.call(_blocks.call(x).permute(0, 3, 1, 2)));
    }

    /// <inheritdoc/>
    public override Tensor ForwardHead(Tensor features, bool preLogits = false)
    {
        using var scope = NewDisposeScope();
        var pooled = features.mean([2, 3]);
        return scope.MoveToOuter(preLogits || _head is null ? pooled : _head.call(pooled));
    }

    /// <inheritdoc/>
    /// <remarks>torch's default Linear initialisation: timm has no other for this family.</remarks>
    public override void ResetClassifier(int numClasses) =>
        _head = Replace("head", numClasses > 0 ? Sequential(("fc", Linear(NumFeatures, numClasses))) : null);

    /// <inheritdoc/>
    public override Tensor? AdaptCheckpointTensor(string name, Tensor stored, long[] expectedShape) => (name, stored.dim()) switch
    {
        ("pos_embed", 4) => PositionEmbedding.ResampleGrid(stored, ((int)expectedShape[1], (int)expectedShape[2])),
        (_, 2) when name.EndsWith(".rel_pos_h", StringComparison.Ordinal) || name.EndsWith(".rel_pos_w", StringComparison.Ordinal) => RelativeAttention.Resample(stored, expectedShape[0]),
        _ => null,
    };
}

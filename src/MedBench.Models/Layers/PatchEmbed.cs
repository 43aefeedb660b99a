using MedBench.Core.Errors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>Square patches of an image as tokens: images (N, 3, S, S) to (N, grid, grid, width) (timm's <c>PatchEmbed</c>, NHWC).</summary>
public sealed class PatchEmbed : Block
{
    private readonly Conv2d _proj;
    private readonly int _inputSize;

    /// <summary>Makes the layer for square images of <paramref name="inputSize"/> pixels; an incomplete patch at the border is left out.</summary>
    /// <exception cref="MedBenchException">The image is smaller than one patch.</exception>
    public PatchEmbed(int width, int patchSize, int inputSize, bool bias = true)
    {
        if (inputSize < patchSize)
            throw new MedBenchException($"images of {inputSize} px are smaller than one patch of {patchSize} px", $"choose an input size of at least {patchSize} px");
        _inputSize = inputSize;
        Grid = inputSize / patchSize;
        _proj = Add("proj", Conv2d(3, width, patchSize, stride: patchSize, bias: bias));
    }

    /// <summary>Patches along one side.</summary>
    public int Grid { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.shape is not [_, _, var height, var width] || height != _inputSize || width != _inputSize)
            throw new MedBenchException($"images of shape ({string.Join(", ", x.shape)}) reached a model for {_inputSize}×{_inputSize} px", "resize the images, or make the model for their size");
        return _proj.call(Memory.ChannelsLast(x)).permute(0, 2, 3, 1);
    }
}

using MedBench.Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>One layer of a dense block: its input, and beside it (in channels) <c>growth</c> new feature maps by a 1×1 and a 3×3 convolution, each after BatchNorm and ReLU.</summary>
internal sealed class DenseLayer : Block
{
    private readonly Module<Tensor, Tensor>[] _layers;

    public DenseLayer(int inputs, int growth)
    {
        int bottleneck = 4 * growth;
        _layers =
        [
            Add("norm1", BatchNorm2d(inputs)), ReLU(inplace: true),
            Add("conv1", Conv2d(inputs, bottleneck, 1, bias: false)),
            Add("norm2", BatchNorm2d(bottleneck)), ReLU(inplace: true),
            Add("conv2", Conv2d(bottleneck, growth, 3, padding: 1, bias: false)),
        ];
    }

    protected override Tensor Compute(Tensor x) => cat([x, Chain.Run(_layers, x)], 1);
}

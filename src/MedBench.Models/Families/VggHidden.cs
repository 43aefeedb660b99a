using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>VGG's hidden layers as convolutions (timm's <c>ConvMlp</c>): 7×7 and 1×1, each with ReLU, on feature maps brought up to 7×7 where they are smaller.</summary>
internal sealed class VggHidden : Block
{
    private const int Kernel = 7;
    private readonly Conv2d _fc1, _fc2;

    public VggHidden(int inputs, int width)
    {
        _fc1 = Add("fc1", Conv2d(inputs, width, Kernel));
        _fc2 = Add("fc2", Conv2d(width, width, 1));
    }

    protected override Tensor Compute(Tensor x)
    {
        long height = x.shape[2], width = x.shape[3];
        if (height < Kernel || width < Kernel)
            x = functional.adaptive_avg_pool2d(x, [Math.Max(Kernel, height), Math.Max(Kernel, width)]);
        return _fc2.call(_fc1.call(x).relu_()).relu_();
    }
}

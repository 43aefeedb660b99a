using MedBench.Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// EfficientNet's block: expand (1×1), depthwise convolution, squeeze-and-excitation, project (1×1), and a shortcut where
/// shapes agree. With expansion it is timm's <c>InvertedResidual</c>, without (expansion 1) its <c>DepthwiseSeparableConv</c>,
/// whose projection is called <c>conv_pw</c>.
/// </summary>
internal sealed class MobileBlock : Block
{
    private readonly List<Module<Tensor, Tensor>> _layers = [];
    private readonly bool _shortcut;
    private int _norms;

    public MobileBlock(int inputs, int outputs, int kernel, int stride, int expansion)
    {
        int middle = inputs * expansion;
        _shortcut = stride == 1 && inputs == outputs;
        if (expansion > 1)
        {
            AddConv("conv_pw", inputs, middle, 1);
            _layers.Add(SiLU());
        }
        AddConv("conv_dw", middle, middle, kernel, stride, groups: middle);
        _layers.Add(SiLU());
        _layers.Add(Add("se", new SqueezeExcite(middle, inputs / 4)));
        AddConv(expansion > 1 ? "conv_pwl" : "conv_pw", middle, outputs, 1);
    }

    protected override Tensor Compute(Tensor x)
    {
        var y = Chain.Run(_layers, x);
        return _shortcut ? y.add_(x) : y;
    }

    private void AddConv(string key, int inputs, int outputs, int kernel, int stride = 1, int groups = 1)
    {
        _layers.Add(Add(key, Conv2d(inputs, outputs, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: false)));
        _layers.Add(Add($"bn{++_norms}", BatchNorm2d(outputs)));
    }
}

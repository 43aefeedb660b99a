using MedBench.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// Inception-ResNet-v2's blocks: branches side by side (<c>branch0</c> …), put together in channels; the residual blocks
/// then project them by a 1×1 convolution and add a fraction of that to their input.
/// </summary>
internal sealed class InceptionResNetBlock : Block
{
    private readonly List<Module<Tensor, Tensor>> _branches = [];
    private readonly int _inputs;
    private int _together;
    private Conv2d? _projection;
    private double _scale;
    private bool _relu;

    private InceptionResNetBlock(int inputs) => _inputs = inputs;

    public static InceptionResNetBlock Mixed5b() => new InceptionResNetBlock(192)
        .With((96, 1))
        .With((48, 1), (64, 5))
        .With((64, 1), (96, 3), (96, 3))
        .With(Sequential(AvgPool2d(3, stride: 1, padding: 1, count_include_pad: false), InceptionConv.Square(192, 64, 1)));

    public static InceptionResNetBlock Block35() => new InceptionResNetBlock(320)
        .With((32, 1))
        .With((32, 1), (32, 3))
        .With((32, 1), (48, 3), (64, 3))
        .Residual(0.17);

    public static InceptionResNetBlock Mixed6a() => new InceptionResNetBlock(320)
        .WithReduced((384, 3))
        .WithReduced((256, 1), (256, 3), (384, 3))
        .With(MaxPool2d(3, stride: 2));

    public static InceptionResNetBlock Block17() => new InceptionResNetBlock(1088)
        .With((192, 1))
        .With((128, 1), (160, 1, 7), (192, 7, 1))
        .Residual(0.10);

    public static InceptionResNetBlock Mixed7a() => new InceptionResNetBlock(1088)
        .WithReduced((256, 1), (384, 3))
        .WithReduced((256, 1), (288, 3))
        .WithReduced((256, 1), (288, 3), (320, 3))
        .With(MaxPool2d(3, stride: 2));

    public static InceptionResNetBlock Block8(double scale = 0.20, bool relu = true) => new InceptionResNetBlock(2080)
        .With((192, 1))
        .With((192, 1), (224, 1, 3), (256, 3, 1))
        .Residual(scale, relu);

    protected override Tensor Compute(Tensor x)
    {
        var together = cat([.. _branches.Select(branch => branch.call(x))], 1);
        if (_projection is null) return together;
        using Scalar scale = _scale; // Held: TorchSharp does not keep one alive during a call.
        var sum = _projection.call(together).mul_(scale).add_(x);
        return _relu ? sum.relu_() : sum;
    }

    private InceptionResNetBlock With(params ConvShape[] shapes) => With(InceptionConv.Row(_inputs, shapes));

    private InceptionResNetBlock WithReduced(params ConvShape[] shapes) => With(InceptionConv.Row(_inputs, shapes, reduce: true));

    private InceptionResNetBlock With(InceptionConv[] row)
    {
        _together += row[^1].Outputs;
        return With(row.Length == 1 ? row[0] : (Module<Tensor, Tensor>)Sequential(row));
    }

    private InceptionResNetBlock With(Module<Tensor, Tensor> branch)
    {
        _branches.Add(Add($"branch{_branches.Count}", branch));
        return this;
    }

    private InceptionResNetBlock Residual(double scale, bool relu = true)
    {
        _projection = Add("conv2d", Conv2d(_together, _inputs, 1));
        (_scale, _relu) = (scale, relu);
        return this;
    }
}

using MedBench.Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>Both Inceptions' convolution (timm's <c>ConvNormAct</c>): no bias, BatchNorm with epsilon 1e-3, ReLU.</summary>
internal sealed class InceptionConv : Block
{
    private readonly Module<Tensor, Tensor>[] _layers;

    public InceptionConv(int inputs, int outputs, (int Height, int Width) kernel, int stride = 1, (int Height, int Width) padding = default)
    {
        Outputs = outputs;
        _layers =
        [
            Add("conv", Conv2d(inputs, outputs, kernel, (stride, stride), padding, bias: false)),
            Add("bn", BatchNorm2d(outputs, eps: 1e-3)), ReLU(inplace: true),
        ];
    }

    public int Outputs { get; }

    /// <summary>A square kernel.</summary>
    public static InceptionConv Square(int inputs, int outputs, int kernel, int stride = 1, int padding = 0) =>
        new(inputs, outputs, (kernel, kernel), stride, (padding, padding));

    /// <summary>A kernel that keeps the size of the map.</summary>
    public static InceptionConv Same(int inputs, ConvShape shape) =>
        new(inputs, shape.Outputs, (shape.Height, shape.Width), padding: (shape.Height / 2, shape.Width / 2));

    /// <summary>Convolutions in a row that keep the size of the map; with <paramref name="reduce"/> the last one halves it (stride 2, no padding).</summary>
    public static InceptionConv[] Row(int inputs, ConvShape[] shapes, bool reduce = false)
    {
        var row = new InceptionConv[shapes.Length];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = reduce && i == row.Length - 1 ? Square(inputs, shapes[i].Outputs, shapes[i].Height, stride: 2) : Same(inputs, shapes[i]);
            inputs = shapes[i].Outputs;
        }
        return row;
    }

    /// <summary>The two Inceptions' common stem: seven layers, 3 to 192 channels, under the given keys.</summary>
    public static IEnumerable<(string, Module<Tensor, Tensor>)> Stem(params string[] keys)
    {
        Module<Tensor, Tensor>[] layers =
        [
            Square(3, 32, 3, stride: 2), Square(32, 32, 3), Square(32, 64, 3, padding: 1), MaxPool2d(3, stride: 2),
            Square(64, 80, 1), Square(80, 192, 3), MaxPool2d(3, stride: 2),
        ];
        return keys.Zip(layers);
    }

    protected override Tensor Compute(Tensor x) => Chain.Run(_layers, x);
}

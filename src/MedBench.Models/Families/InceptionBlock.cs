using MedBench.Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Families;

/// <summary>
/// InceptionV3's blocks A to E: branches side by side, put together in channels. A branch of one convolution has the
/// branch's name as its key, the convolutions of a longer one are numbered from 1 (<c>branch5x5_1</c>).
/// </summary>
internal sealed class InceptionBlock : Block
{
    private sealed record Branch(Module<Tensor, Tensor>[] Row, InceptionConv[] Ends);

    private readonly List<Branch> _branches = [];
    private readonly int _inputs;

    private InceptionBlock(int inputs) => _inputs = inputs;

    public static InceptionBlock A(int inputs, int pooled) => new InceptionBlock(inputs)
        .With("branch1x1", (64, 1))
        .With("branch5x5", (48, 1), (64, 5))
        .With("branch3x3dbl", (64, 1), (96, 3), (96, 3))
        .WithAveraged(pooled);

    public static InceptionBlock B(int inputs) => new InceptionBlock(inputs)
        .WithReduced("branch3x3", (384, 3))
        .WithReduced("branch3x3dbl", (64, 1), (96, 3), (96, 3))
        .WithMaximum();

    public static InceptionBlock C(int inputs, int width) => new InceptionBlock(inputs)
        .With("branch1x1", (192, 1))
        .With("branch7x7", (width, 1), (width, 1, 7), (192, 7, 1))
        .With("branch7x7dbl", (width, 1), (width, 7, 1), (width, 1, 7), (width, 7, 1), (192, 1, 7))
        .WithAveraged(192);

    public static InceptionBlock D(int inputs) => new InceptionBlock(inputs)
        .WithReduced("branch3x3", (192, 1), (320, 3))
        .WithReduced("branch7x7x3", (192, 1), (192, 1, 7), (192, 7, 1), (192, 3))
        .WithMaximum();

    public static InceptionBlock E(int inputs) => new InceptionBlock(inputs)
        .With("branch1x1", (320, 1))
        .WithForked("branch3x3", (384, 1))
        .WithForked("branch3x3dbl", (448, 1), (384, 3))
        .WithAveraged(192);

    protected override Tensor Compute(Tensor x)
    {
        var outputs = new List<Tensor>();
        foreach (var (row, ends) in _branches)
        {
            var y = Chain.Run(row, x);
            if (ends.Length == 0) outputs.Add(y);
            else outputs.AddRange(ends.Select(end => end.call(y)));
        }
        return cat(outputs, 1);
    }

    private InceptionBlock With(string name, params ConvShape[] shapes) => Append(AddRow(name, shapes));

    private InceptionBlock WithReduced(string name, params ConvShape[] shapes) => Append(AddRow(name, shapes, reduce: true));

    private InceptionBlock WithAveraged(int outputs) =>
        Append([AvgPool2d(3, stride: 1, padding: 1), .. AddRow("branch_pool", [(outputs, 1)])]);

    private InceptionBlock WithMaximum() => Append([MaxPool2d(3, stride: 2)]);

    // The row's output goes through a 1×3 and a 3×1 convolution, side by side.
    private InceptionBlock WithForked(string name, params ConvShape[] shapes)
    {
        const int Width = 384;
        var row = AddRow(name, shapes, numbered: true);
        int inputs = shapes[^1].Outputs, last = shapes.Length + 1;
        return Append(row,
            Add($"{name}_{last}a", InceptionConv.Same(inputs, (Width, 1, 3))),
            Add($"{name}_{last}b", InceptionConv.Same(inputs, (Width, 3, 1))));
    }

    private InceptionConv[] AddRow(string name, ConvShape[] shapes, bool reduce = false, bool numbered = false)
    {
        var row = InceptionConv.Row(_inputs, shapes, reduce);
        for (int i = 0; i < row.Length; i++) Add(numbered || row.Length > 1 ? $"{name}_{i + 1}" : name, row[i]);
        return row;
    }

    private InceptionBlock Append(Module<Tensor, Tensor>[] row, params InceptionConv[] ends)
    {
        _branches.Add(new Branch(row, ends));
        return this;
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using MedBench.Models.Layers;
using MedBench.Models.Parity;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Layers;

/// <summary>Against PyTorch's own interpolate (Golden/position-embedding.py).</summary>
public sealed class PositionEmbeddingTests
{
    private static readonly Golden s_golden = Load();

    [Fact]
    public void Resample_AnyGrid_EqualsPyTorch()
    {
        using var scope = NewDisposeScope();
        Assert.All(s_golden.Tokens, c =>
        {
            var stored = Embed("pos_embed", 1, c.Prefix + c.Old[0] * c.Old[1], c.Width);
            var actual = PositionEmbedding.Resample(stored, (c.New[0], c.New[1]), (c.Old[0], c.Old[1]), c.Prefix);
            AssertClose(c.Values, actual, 1, c.Prefix + c.New[0] * c.New[1], c.Width);
        });
    }

    [Fact]
    public void Resample_NoOldGrid_TakesASquare()
    {
        using var scope = NewDisposeScope();
        var stored = Embed("pos_embed", 1, 17, 3);
        Assert.True(PositionEmbedding.Resample(stored, (2, 3)).equal(PositionEmbedding.Resample(stored, (2, 3), (4, 4))).all().item<bool>());
        Assert.Throws<ArgumentException>(() => PositionEmbedding.Resample(stored, (2, 3), prefixTokens: 0));
    }

    [Fact]
    public void Resample_TableOfRelativePositions_EqualsPyTorch()
    {
        using var scope = NewDisposeScope();
        Assert.All(s_golden.Tables, c => AssertClose(c.Values, RelativeAttention.Resample(Embed("rel_pos_h", c.Rows, c.Width), c.New), c.New, c.Width));
    }

    [Fact]
    public void Resample_Parameter_PassesGradients()
    {
        using var scope = NewDisposeScope();
        var grid = rand(1, 8, 8, 2).requires_grad_();
        var table = rand(15, 2).requires_grad_();
        (PositionEmbedding.ResampleGrid(grid, (4, 4)).sum() + RelativeAttention.Resample(table, 7).sum()).backward();
        Assert.All((Tensor[])[grid.grad!, table.grad!], gradient => Assert.True(gradient.abs().sum().item<float>() > 1));
    }

    private static Tensor Embed(string key, params long[] shape)
    {
        uint hash = FormulaWeights.Fnv1a(key);
        return tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)(0.5 * FormulaWeights.Value((uint)i, hash)))]).view(shape);
    }

    private static void AssertClose(double[] expected, Tensor actual, params long[] shape)
    {
        Assert.Equal(shape, actual.shape);
        using var dense = actual.contiguous();
        var values = MemoryMarshal.Cast<byte, float>(dense.bytes).ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-6);
    }

    private static Golden Load() => JsonSerializer.Deserialize<Golden>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "position-embedding.json")), JsonSerializerOptions.Web)!;

    private sealed record Golden(TokenCase[] Tokens, TableCase[] Tables);

    private sealed record TokenCase(int[] Old, int[] New, int Prefix, int Width, double[] Values);

    private sealed record TableCase(int Rows, int New, int Width, double[] Values);
}

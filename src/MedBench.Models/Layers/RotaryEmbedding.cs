using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>
/// Rotary position embedding over a square grid (timm's <c>RotaryEmbeddingCat</c> with <c>in_pixels=False</c>; Su et al. 2021,
/// EVA-02): pairs of channels of a query or key (N, heads, 1 + grid², channels) turn by angles that grow with the row
/// (first half of the channels) and the column (second half). The class token, which comes first, does not turn.
/// The tables are float32 and outside the state dict.
/// </summary>
public sealed class RotaryEmbedding : Block
{
    private const double Temperature = 10000;

    /// <summary>Makes the tables.</summary>
    /// <param name="channels">Channels of one head; a multiple of 4.</param>
    /// <param name="grid">Tokens along one side.</param>
    /// <param name="referenceGrid">Tokens along one side in pretraining: positions are stretched to it.</param>
    public RotaryEmbedding(int channels, int grid, int referenceGrid)
    {
        using var scope = NewDisposeScope();
        int bands = channels / 4;
        var frequencies = tensor(Temperature).pow(-arange(bands, ScalarType.Float64) / bands);
        var positions = arange(grid, ScalarType.Float64) * referenceGrid / grid;
        var angles = outer(positions, frequencies);
        var rows = angles.unsqueeze(1).expand(grid, grid, bands);
        var columns = angles.unsqueeze(0).expand(grid, grid, bands);
        var perPair = cat([zeros(1, 2 * bands, ScalarType.Float64), cat([rows, columns], -1).flatten(0, 1)], 0);
        var perChannel = perPair.repeat_interleave(2, 1);
        AddTable("sin", perChannel.sin().to(ScalarType.Float32));
        AddTable("cos", perChannel.cos().to(ScalarType.Float32));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var pairs = x.unflatten(x.dim() - 1, -1, 2).unbind(-1);
        var turned = stack([pairs[1].neg(), pairs[0]], -1).flatten(-2);
        using Scalar one = 1; // Held: TorchSharp does not keep one alive during a call.
        return (x * Table("cos", x)).addcmul_(turned, Table("sin", x), one).to(x.dtype);
    }
}

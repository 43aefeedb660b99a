using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>
/// Self-attention within square windows of a grid of tokens (N, H, W, width), with a bias by relative row and column that
/// depends on the query (timm's <c>vision_transformer_sam.Attention</c>; Li et al. 2022, MViTv2). A window as large as the
/// grid is global attention.
/// </summary>
public sealed class RelativeAttention : Attention
{
    private readonly int _window;

    /// <summary>Makes the layer.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="window">Side of a window in tokens.</param>
    /// <param name="trainedWindow">Side in tokens that the position tables hold; they are interpolated where it differs from <paramref name="window"/>.</param>
    public RelativeAttention(int width, int heads, int window, int trainedWindow)
        : base(width, heads)
    {
        _window = window;
        long[] table = [2 * trainedWindow - 1, width / heads];
        AddParameter("rel_pos_h", zeros(table));
        AddParameter("rel_pos_w", zeros(table));
        using var positions = arange(window);
        using var distances = positions.unsqueeze(1) - positions.unsqueeze(0);
        AddTable("distance", distances + (window - 1));
    }

    /// <summary>Rows of a table (L, channels) interpolated linearly to <paramref name="length"/> rows, as timm's <c>get_rel_pos</c> does; the table itself where it has them.</summary>
    public static Tensor Resample(Tensor table, long length)
    {
        if (table.shape[0] == length) return table;
        using var scope = NewDisposeScope();
        var channelsFirst = table.transpose(0, 1).unsqueeze(0);
        return scope.MoveToOuter(nn.functional.interpolate(channelsFirst, [length], mode: InterpolationMode.Linear, align_corners: false).squeeze(0).transpose(0, 1));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) =>
        Windows.Join(base.Compute(Windows.Split(x, _window)), _window, x.shape[1], x.shape[2]);

    /// <inheritdoc/>
    protected override Tensor Bias(Tensor queries)
    {
        var grid = queries.unflatten(2, _window, _window);
        var distances = Table("distance", queries);
        var rows = einsum("bnhwc,hkc->bnhwk", grid, Positions("rel_pos_h", distances));
        var columns = einsum("bnhwc,wkc->bnhwk", grid, Positions("rel_pos_w", distances));
        return (rows.unsqueeze(-1) + columns.unsqueeze(-2)).flatten(4, 5).flatten(2, 3);
    }

    private Tensor Positions(string table, Tensor distances) => Resample(get_parameter(table)!, 2 * _window - 1)[distances];

    // Per window, with the grid padded to whole windows; the two bias products have 2 · window columns instead of window².
    private protected override long ProductMacs(ReadOnlySpan<long> shape)
    {
        long windows = shape[0] * ((shape[1] + _window - 1) / _window) * ((shape[2] + _window - 1) / _window), tokens = (long)_window * _window;
        return windows * tokens * shape[3] * 2 * (tokens + _window);
    }
}

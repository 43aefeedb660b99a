using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>Learned position embeddings on another grid than they were trained for (timm <c>layers/pos_embed.py</c>).</summary>
public static class PositionEmbedding
{
    /// <summary>
    /// Resamples embeddings of tokens by antialiased bicubic interpolation in float32; the prefix tokens are kept
    /// (timm's <c>resample_abs_pos_embed</c>).
    /// </summary>
    /// <param name="embedding">(1, prefix + old height · old width, width).</param>
    /// <param name="grid">New height and width in tokens.</param>
    /// <param name="oldGrid">Old height and width in tokens; null for a square.</param>
    /// <param name="prefixTokens">Tokens before the grid's: class token, registers.</param>
    /// <returns>A new tensor (1, prefix + height · width, width) of the same element type.</returns>
    public static Tensor Resample(Tensor embedding, (int Height, int Width) grid, (int Height, int Width)? oldGrid = null, int prefixTokens = 1)
    {
        using var scope = NewDisposeScope();
        long tokens = embedding.shape[1] - prefixTokens;
        int side = (int)Math.Sqrt(tokens);
        var (oldHeight, oldWidth) = oldGrid ?? (side, side);
        if ((long)oldHeight * oldWidth != tokens)
            throw new ArgumentException($"{tokens} position embeddings do not fill a grid of {oldHeight}×{oldWidth}", nameof(embedding));
        var prefix = embedding.narrow(1, 0, prefixTokens);
        var spatial = embedding.narrow(1, prefixTokens, tokens).unflatten(1, oldHeight, oldWidth);
        return scope.MoveToOuter(cat([prefix, ResampleGrid(spatial, grid).flatten(1, 2)], 1));
    }

    /// <summary>As <see cref="Resample"/> for a grid (1, height, width, channels) without prefix tokens (timm's <c>resample_abs_pos_embed_nhwc</c>).</summary>
    /// <returns>A new tensor, or <paramref name="embedding"/> itself where the grid is the same.</returns>
    public static Tensor ResampleGrid(Tensor embedding, (int Height, int Width) grid)
    {
        if (embedding.shape[1] == grid.Height && embedding.shape[2] == grid.Width) return embedding;
        using var scope = NewDisposeScope();
        var nchw = embedding.to(ScalarType.Float32).permute(0, 3, 1, 2);
        var resampled = functional.interpolate(nchw, [grid.Height, grid.Width], mode: InterpolationMode.Bicubic, align_corners: false, antialias: true);
        return scope.MoveToOuter(resampled.permute(0, 2, 3, 1).to(embedding.dtype));
    }
}

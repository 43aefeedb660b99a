using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>Cuts a grid of tokens into square windows and back (timm's <c>window_partition</c> and <c>window_unpartition</c>).</summary>
public static class Windows
{
    /// <summary>(N, H, W, C) to (N · windows, size · size, C), row by row; zeros fill up the windows at the lower and right border.</summary>
    public static Tensor Split(Tensor grid, int size)
    {
        using var scope = NewDisposeScope();
        long padBottom = Missing(grid.shape[1], size), padRight = Missing(grid.shape[2], size);
        var padded = nn.functional.pad(grid, [0, 0, 0, padRight, 0, padBottom]);
        var windows = padded.unflatten(2, -1, size).unflatten(1, -1, size).transpose(2, 3);
        return scope.MoveToOuter(windows.flatten(3, 4).flatten(0, 2));
    }

    /// <summary>The inverse of <see cref="Split"/> for a grid of <paramref name="height"/> × <paramref name="width"/> tokens: (N · windows, size · size, C) to (N, H, W, C).</summary>
    public static Tensor Join(Tensor windows, int size, long height, long width)
    {
        using var scope = NewDisposeScope();
        long rows = (height + Missing(height, size)) / size, columns = (width + Missing(width, size)) / size;
        var grid = windows.unflatten(1, size, size).unflatten(0, -1, rows, columns).transpose(2, 3).flatten(3, 4).flatten(1, 2);
        return scope.MoveToOuter(grid.narrow(1, 0, height).narrow(2, 0, width));
    }

    private static long Missing(long length, int size) => (size - length % size) % size;
}

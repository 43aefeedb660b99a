namespace MedBench.Models.Weights.Bytes;

/// <summary>Arithmetic of shapes and strides that cannot overflow unseen.</summary>
internal static class Shapes
{
    /// <summary>How many dimensions any tensor here may have (PyTorch's own limit).</summary>
    public const int MaxDimensions = 64;

    /// <summary>Product of the sizes, or null where one is negative, there are too many, or it or a stride overflows 8-byte elements in 63 bits.</summary>
    public static long? Elements(ReadOnlySpan<long> shape)
    {
        if (shape.Length > MaxDimensions) return null;
        // An empty tensor has strides too, in which a size of 0 counts as 1.
        Int128 strides = 1;
        foreach (long size in shape)
        {
            if (size < 0) return null;
            strides *= Math.Max(1, size);
            if (strides > long.MaxValue / 8) return null;
        }
        return shape.Contains(0) ? 0 : (long)strides;
    }

    /// <summary>Row-major strides in elements.</summary>
    public static long[] RowMajor(ReadOnlySpan<long> shape)
    {
        var strides = new long[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, shape[i]);
        }
        return strides;
    }

    /// <summary>Whether walking <paramref name="shape"/> in row-major order walks memory in order.</summary>
    public static bool AreContiguous(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        var expected = RowMajor(shape);
        for (int i = 0; i < shape.Length; i++)
            if (shape[i] > 1 && strides[i] != expected[i]) return false;
        return true;
    }

    /// <summary>The largest element index that a view reaches from its first element, or null for one that overflows or runs backwards.</summary>
    public static long? Reach(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        Int128 last = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (strides[i] < 0) return null;
            last += (Int128)(shape[i] - 1) * strides[i];
            if (last > long.MaxValue / 8) return null;
        }
        return (long)last;
    }

    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}

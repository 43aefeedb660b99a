using MedBench.Core.Files;

namespace MedBench.Data.Npz;

/// <summary>Arrays stored with the first index running fastest.</summary>
internal static class FortranOrder
{
    /// <summary>Writes the byte array in <paramref name="source"/> (Fortran order) to <paramref name="target"/> in C order, in memory that does not grow with it.</summary>
    public static void Transpose(string source, int[] shape, Stream target)
    {
        using var input = new MappedFile(source);
        var strides = new long[shape.Length];
        long stride = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= shape[d];
        }
        var index = new int[shape.Length];
        long offset = 0;
        for (long element = 0; element < input.Length; element++)
        {
            target.WriteByte(input.Slice(offset, 1)[0]);
            // Count up like an odometer, last index first.
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                offset += strides[d];
                if (++index[d] < shape[d])
                    break;
                offset -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
    }
}

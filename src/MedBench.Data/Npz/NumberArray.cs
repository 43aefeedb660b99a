using System.Buffers.Binary;
using MedBench.Core.Errors;

namespace MedBench.Data.Npz;

/// <summary>A NumPy array of numbers, as somebody saved it: scores or labels.</summary>
/// <param name="Values">All elements, the last index running fastest.</param>
/// <param name="Shape">Length of each dimension, outermost first.</param>
/// <param name="IsWhole">Whether the array's type is boolean or integer.</param>
public sealed record NumberArray(double[] Values, int[] Shape, bool IsWhole)
{
    // A score a class of every image of the largest dataset, many times over.
    private const long Most = 1 << 28;

    /// <summary>Reads a <c>.npy</c> file: booleans, integers or floats of 16, 32 or 64 bits, in either byte order.</summary>
    /// <exception cref="MedBenchException">It is absent, damaged, of another type, or too large.</exception>
    public static NumberArray OfNpy(string path)
    {
        const string Fix = "save it with numpy.save, as an array of numbers";
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var header = NpyHeader.Read(stream, out byte[] raw);
            if (header.Count > Most || header.Count * header.ItemSize != stream.Length - raw.Length)
                throw new InvalidDataException($"its header promises {header.Count} elements of {header.ItemSize} bytes, and {stream.Length - raw.Length} bytes follow");
            byte[] bytes = new byte[header.Count * header.ItemSize];
            stream.ReadExactly(bytes);
            return Decode(header, bytes);
        }
        catch (Exception e) when (NpzFile.IsDamage(e))
        {
            throw new MedBenchException($"{path} cannot be read: {e.Message}", File.Exists(path) ? Fix : "check the path", e);
        }
    }

    /// <summary>Reads one array of a <c>.npz</c> archive.</summary>
    /// <exception cref="MedBenchException">It is absent, damaged, or of another type.</exception>
    internal static NumberArray Of(NpzFile file, string key)
    {
        using var array = file.Open(key, floats: true);
        return array.Header.Count > Most ? throw file.Unusable(key, $"it has {array.Header.Count} elements") : Decode(array.Header, array.ReadAll());
    }

    private static NumberArray Decode(NpyHeader header, byte[] bytes)
    {
        double[] values = new double[header.Count];
        for (int i = 0; i < values.Length; i++) values[i] = Element(header, bytes.AsSpan(i * header.ItemSize, header.ItemSize));
        return new NumberArray(header.FortranOrder && header.Shape.Length > 1 ? Transposed(values, header.Shape) : values, header.Shape, header.Kind != 'f');
    }

    private static double Element(NpyHeader header, ReadOnlySpan<byte> element)
    {
        Span<byte> little = stackalloc byte[8];
        element.CopyTo(little);
        if (header.BigEndian) little[..element.Length].Reverse();
        ReadOnlySpan<byte> e = little;
        return (header.Kind, header.ItemSize) switch
        {
            ('f', 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(e),
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(e),
            ('f', _) => BinaryPrimitives.ReadDoubleLittleEndian(e),
            ('i', 1) => (sbyte)e[0],
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(e),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(e),
            ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(e),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(e),
        };
    }

    // From the first index running fastest to the last.
    private static double[] Transposed(double[] values, int[] shape)
    {
        double[] result = new double[values.Length];
        int[] index = new int[shape.Length];
        foreach (double value in values)
        {
            int at = 0;
            for (int d = 0; d < shape.Length; d++) at = at * shape[d] + index[d];
            result[at] = value;
            for (int d = 0; d < shape.Length && ++index[d] == shape[d]; d++) index[d] = 0;
        }
        return result;
    }
}

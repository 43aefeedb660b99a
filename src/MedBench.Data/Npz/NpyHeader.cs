using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MedBench.Data.Npz;

/// <summary>The header of a NumPy .npy array, format versions 1, 2 and 3 (numpy/lib/format.py).</summary>
/// <param name="Kind">'b' (boolean), 'u' (unsigned), 'i' (signed integer) or 'f' (floating point).</param>
/// <param name="ItemSize">Bytes per element: 1, 2, 4 or 8.</param>
/// <param name="BigEndian">Byte order of elements wider than one byte.</param>
/// <param name="FortranOrder">Whether the first index runs fastest.</param>
/// <param name="Shape">Length of each dimension, outermost first.</param>
internal sealed partial record NpyHeader(char Kind, int ItemSize, bool BigEndian, bool FortranOrder, int[] Shape)
{
    private const int LongestHeader = 1 << 16;

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Reads a header; the stream is then at the first element.</summary>
    /// <param name="stream">The .npy bytes from their start.</param>
    /// <param name="raw">The header's own bytes, for a checksum over the whole entry.</param>
    /// <exception cref="InvalidDataException">Not a .npy header, or one of a type that no MedMNIST file has.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within the header.</exception>
    public static NpyHeader Read(Stream stream, out byte[] raw)
    {
        Span<byte> start = stackalloc byte[12];
        stream.ReadExactly(start[..10]);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
            throw new InvalidDataException("it does not begin with NumPy's magic bytes");
        int version = start[6], prefix = version == 1 ? 10 : 12;
        if (version is < 1 or > 3 || start[7] != 0)
            throw new InvalidDataException($"its format version is {version}.{start[7]}; 1.0, 2.0 and 3.0 are known");
        stream.ReadExactly(start[10..prefix]);
        uint length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LongestHeader)
            throw new InvalidDataException($"its header claims {length} bytes");
        raw = new byte[prefix + length];
        start[..prefix].CopyTo(raw);
        stream.ReadExactly(raw, prefix, (int)length);
        return Parse(Encoding.UTF8.GetString(raw, prefix, (int)length));
    }

    private static NpyHeader Parse(string text)
    {
        if (Grammar().Match(text) is not { Success: true } match)
            throw new InvalidDataException($"its header is not one of a float or integer array: {text.Trim()}");
        int[] shape;
        try
        {
            shape = [.. match.Groups["length"].Captures.Select(c => int.Parse(c.Value, CultureInfo.InvariantCulture))];
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"a dimension of its shape exceeds {int.MaxValue}");
        }
        return new NpyHeader(
            match.Groups["kind"].Value[0],
            match.Groups["size"].Value[0] - '0',
            match.Groups["order"].Value == ">",
            match.Groups["fortran"].Value == "True",
            shape);
    }

    // The Python dictionary as NumPy writes it (keys sorted, closed by a line feed). A shape of one dimension is "(5,)".
    [GeneratedRegex(@"^\{ *'descr': *'(?:(?<order>[<>|=])(?:(?<kind>[iu])(?<size>[1248])|(?<kind>f)(?<size>[248]))|\|(?<kind>b)(?<size>1))' *, *'fortran_order': *(?<fortran>True|False) *, *'shape': *\( *(?:(?<length>\d+)L?, *)+(?:(?<length>\d+)L? *)?\) *,? *\} *\n\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}

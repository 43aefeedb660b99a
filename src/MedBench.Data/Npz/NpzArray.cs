using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using MedBench.Core.Errors;

namespace MedBench.Data.Npz;

/// <summary>One array of an archive, read once from front to back as bytes, with its length and CRC-32 checked at the end.</summary>
internal sealed class NpzArray : IDisposable
{
    private const int BufferSize = 1 << 18;
    private readonly NpzFile _file;
    private readonly string _key;
    private readonly ZipArchiveEntry _entry;
    private readonly Stream _stream;
    private Crc32 _crc;
    private long _position;

    /// <summary>Opens the entry and reads the array's header.</summary>
    public NpzArray(NpzFile file, string key, ZipArchiveEntry entry, bool floats)
    {
        (_file, _key, _entry) = (file, key, entry);
        try
        {
            _stream = entry.Open();
            Header = NpyHeader.Read(_stream, out byte[] raw);
            _crc.Append(raw);
            if (Header.Kind == 'f' && !floats)
                throw new InvalidDataException("its header is not one of an integer array");
            long expected = checked(Header.Count * Header.ItemSize + raw.Length);
            if (expected != entry.Length)
                throw new InvalidDataException($"its header promises {expected} bytes and the archive holds {entry.Length}");
        }
        catch (Exception e) when (NpzFile.IsDamage(e))
        {
            _stream?.Dispose();
            throw file.Unusable(key, e.Message, e);
        }
    }

    /// <summary>Type, order and shape.</summary>
    public NpyHeader Header { get; }

    /// <summary>Copies all elements, in file order and one byte each, to <paramref name="target"/>.</summary>
    /// <exception cref="MedBenchException">The bytes are damaged or cut short, or an element does not fit 0 … 255.</exception>
    public void CopyTo(Stream target)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long remaining = Header.Count; remaining > 0;)
            {
                int count = (int)Math.Min(remaining, BufferSize / Header.ItemSize);
                Read(buffer.AsSpan(0, count * Header.ItemSize));
                Narrow(buffer, count);
                target.Write(buffer, 0, count);
                remaining -= count;
            }
            Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>All elements as they are in the file.</summary>
    /// <exception cref="MedBenchException">The bytes are damaged or cut short, or not little-endian in C order.</exception>
    public byte[] ReadAll()
    {
        if (Header.BigEndian || (Header.FortranOrder && Header.Shape.Length > 1))
            throw _file.Unusable(_key, "it is not little-endian in C order");
        byte[] bytes = new byte[checked((int)(Header.Count * Header.ItemSize))];
        Read(bytes);
        Finish();
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Read(Span<byte> bytes)
    {
        try
        {
            _stream.ReadExactly(bytes);
            _crc.Append(bytes);
        }
        catch (Exception e) when (NpzFile.IsDamage(e))
        {
            throw _file.Unusable(_key, $"it is cut short or damaged near element {_position}: {e.Message}", e);
        }
    }

    // In place: the first count bytes of the buffer become the elements' values.
    private void Narrow(byte[] buffer, int count)
    {
        int size = Header.ItemSize;
        if (size > 1 || Header.Kind == 'i')
            for (int i = 0; i < count; i++)
                buffer[i] = ToByte(buffer.AsSpan(i * size, size), _position + i);
        _position += count;
    }

    private byte ToByte(ReadOnlySpan<byte> element, long index)
    {
        Span<byte> wide = stackalloc byte[8];
        wide.Fill(Header.Kind == 'i' && (element[Header.BigEndian ? 0 : ^1] & 0x80) != 0 ? (byte)0xFF : (byte)0);
        element.CopyTo(Header.BigEndian ? wide[^element.Length..] : wide);
        long value = Header.BigEndian ? BinaryPrimitives.ReadInt64BigEndian(wide) : BinaryPrimitives.ReadInt64LittleEndian(wide);
        return value is >= 0 and <= byte.MaxValue
            ? (byte)value
            : throw _file.Unusable(_key, $"element {index} is {(Header.Kind == 'i' ? value : (ulong)value)}, outside 0 to 255");
    }

    private void Finish()
    {
        bool more;
        try
        {
            more = _stream.ReadByte() >= 0;
        }
        catch (Exception e) when (NpzFile.IsDamage(e))
        {
            throw _file.Unusable(_key, $"its end is damaged: {e.Message}", e);
        }
        if (more || _crc.Value != _entry.Crc32)
            throw _file.Unusable(_key, "its bytes do not match the checksum in the archive");
    }
}

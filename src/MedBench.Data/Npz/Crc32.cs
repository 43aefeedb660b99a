using System.Buffers.Binary;

namespace MedBench.Data.Npz;

/// <summary>
/// The CRC-32 of zip files (reflected polynomial 0xEDB88320), eight bytes at a time.
/// .NET's zip reader does not check it, and .NET's own CRC-32 lives outside the shared framework.
/// </summary>
internal struct Crc32
{
    private static readonly uint[][] s_tables = MakeTables();
    private uint _state;

    /// <summary>The checksum of all bytes appended so far.</summary>
    public readonly uint Value => _state;

    /// <summary>Adds <paramref name="bytes"/> to the checksum.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_state;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (int i = 0; i < 8; i++)
                crc ^= s_tables[7 - i][(byte)(word >> (8 * i))];
        }
        foreach (byte b in bytes)
            crc = s_tables[0][(byte)(crc ^ b)] ^ (crc >> 8);
        _state = ~crc;
    }

    // Tables[k][b]: the effect of byte b followed by k zero bytes.
    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int k = 0; k < 8; k++)
        {
            tables[k] = new uint[256];
            for (uint b = 0; b < 256; b++)
            {
                uint crc = k == 0 ? b : tables[k - 1][b];
                if (k > 0)
                    crc = tables[0][(byte)crc] ^ (crc >> 8);
                else
                    for (int bit = 0; bit < 8; bit++)
                        crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
                tables[k][b] = crc;
            }
        }
        return tables;
    }
}

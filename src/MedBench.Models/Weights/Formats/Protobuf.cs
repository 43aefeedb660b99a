using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Formats;

/// <summary>How a protobuf field is written; groups, deprecated since 2008, are refused.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>One field of a protobuf message.</summary>
/// <param name="Number">Its number in the message's definition.</param>
/// <param name="Wire">How it is written.</param>
/// <param name="Start">Offset of its bytes in the file: of the content, or of the number itself.</param>
/// <param name="Length">Bytes of it.</param>
/// <param name="Value">The number of a <see cref="WireType.Varint"/>, else 0.</param>
internal readonly record struct ProtobufField(int Number, WireType Wire, long Start, long Length, long Value);

/// <summary>
/// The wire format of protobuf, field by field and without a copy; a message in a message is read by asking again, so depth is the caller's.
/// Source: protobuf.dev/programming-guides/encoding.
/// </summary>
internal static class Protobuf
{
    private const int LongestVarint = 10;

    /// <summary>The fields of the message in [start, start + length), in the file's order.</summary>
    /// <exception cref="Core.Errors.MedBenchException">They reach beyond the message, or are no fields.</exception>
    public static IEnumerable<ProtobufField> Fields(CheckpointBytes file, long start, long length)
    {
        long position = start, end = start + length;
        while (position < end)
        {
            long tag = Varint(file, ref position, end), number = (long)((ulong)tag >> 3), at = position, value = 0, bytes;
            if (number is < 1 or > (1 << 29) - 1) throw file.Error($"has no protobuf field at offset {at}");
            switch ((WireType)(tag & 7))
            {
                case WireType.Varint:
                    value = Varint(file, ref position, end);
                    bytes = position - at;
                    break;
                case WireType.Fixed64:
                    bytes = 8;
                    break;
                case WireType.Fixed32:
                    bytes = 4;
                    break;
                case WireType.Bytes:
                    bytes = Varint(file, ref position, end);
                    at = position;
                    break;
                default:
                    throw file.Error($"has a protobuf field of the unknown kind {tag & 7} at offset {at}");
            }
            if (bytes < 0 || bytes > end - at) throw file.Error($"ends inside the protobuf field at offset {at}: {bytes} bytes wanted, {end - at} there");
            position = at + bytes;
            yield return new ProtobufField((int)number, (WireType)(tag & 7), at, bytes, value);
        }
    }

    /// <summary>The fields of a message that is a field of another.</summary>
    public static IEnumerable<ProtobufField> Fields(this ProtobufField message, CheckpointBytes file) =>
        message.Wire == WireType.Bytes ? Fields(file, message.Start, message.Length) : throw file.Error($"has a number where a message belongs, at offset {message.Start}");

    /// <summary>The field as text.</summary>
    public static string Text(this ProtobufField field, CheckpointBytes file) =>
        field.Wire == WireType.Bytes ? System.Text.Encoding.UTF8.GetString(file.Slice(field.Start, field.Length)) : throw file.Error($"has a number where text belongs, at offset {field.Start}");

    /// <summary>The integers of a repeated field, which may be packed into one.</summary>
    public static IEnumerable<long> Integers(this ProtobufField field, CheckpointBytes file)
    {
        if (field.Wire == WireType.Varint)
        {
            yield return field.Value;
            yield break;
        }
        if (field.Wire != WireType.Bytes) throw file.Error($"has no integers at offset {field.Start}");
        for (long position = field.Start, end = field.Start + field.Length; position < end;) yield return Varint(file, ref position, end);
    }

    private static long Varint(CheckpointBytes file, ref long position, long end)
    {
        ulong value = 0;
        var bytes = file.Slice(position, Math.Min(LongestVarint, end - position));
        for (int i = 0; i < bytes.Length; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] >= 0x80) continue;
            position += i + 1;
            return (long)value;
        }
        throw file.Error($"has a number that does not end at offset {position}");
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MedBench.Tests.Models.Weights;

/// <summary>Writes small ONNX models by hand: field numbers as in <c>onnx.proto</c>, so that the reader is not tested against itself.</summary>
internal static class Onnx
{
    public const int F32 = 1, U8 = 2, I32 = 6, I64 = 7, F16 = 10, F64 = 11, BF16 = 16;

    public static byte[] Model(IEnumerable<byte[]> graph, int ir = 8, int opset = 17, string producer = "test", string domain = "") => Join(
        Number(1, ir), Text(2, producer), Bytes(7, Join([.. graph, Text(2, "graph")])), Bytes(8, Join(Text(1, domain), Number(2, opset))));

    public static byte[] Node(string op, string[] inputs, string[] outputs, params byte[][] attributes) =>
        Bytes(1, Join([.. inputs.Select(i => Text(1, i)), .. outputs.Select(o => Text(2, o)), Text(4, op), .. attributes.Select(a => Bytes(5, a))]));

    public static byte[] Attribute(string name, long value) => Join(Text(1, name), Number(3, value), Number(20, 2));

    public static byte[] Attribute(string name, params long[] values) => Join([Text(1, name), .. values.Select(v => Number(8, v)), Number(20, 7)]);

    public static byte[] Attribute(string name, float value) => Join(Text(1, name), Fixed32(2, value), Number(20, 1));

    public static byte[] Input(string name, int type, params object[] dims) => Bytes(11, ValueInfo(name, type, dims));

    public static byte[] Output(string name, int type, params object[] dims) => Bytes(12, ValueInfo(name, type, dims));

    /// <summary>A float32 initialiser as exporters write it.</summary>
    public static byte[] Floats(string name, long[] dims, float[] values) => Initializer(name, F32, dims, Bytes(9, MemoryMarshal.AsBytes<float>(values).ToArray()));

    public static byte[] Integers(string name, params long[] values) => Initializer(name, I64, [values.Length], Bytes(9, MemoryMarshal.AsBytes<long>(values).ToArray()));

    public static byte[] External(string name, long[] dims, string location, long offset, long length) => Initializer(
        name, F32, dims, Entry("location", location), Entry("offset", $"{offset}"), Entry("length", $"{length}"), Number(14, 1));

    public static byte[] Initializer(string name, int type, long[] dims, params byte[][] values) =>
        Bytes(5, Join([.. dims.Select(d => Number(1, d)), Number(2, type), Text(8, name), .. values]));

    public static byte[] Number(int field, long value) => Join(Varint(field << 3), Varint(value));

    public static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public static byte[] Bytes(int field, byte[] content) => Join(Varint((field << 3) | 2), Varint(content.Length), content);

    public static byte[] Fixed32(int field, float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Join(Varint((field << 3) | 5), bytes);
    }

    public static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (ulong rest = (ulong)value; ; rest >>= 7)
        {
            bytes.Add((byte)(rest > 0x7f ? rest | 0x80 : rest));
            if (rest <= 0x7f) return [.. bytes];
        }
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    private static byte[] Entry(string key, string value) => Bytes(13, Join(Text(1, key), Text(2, value)));

    // A dimension that is text has a name instead of a size.
    private static byte[] ValueInfo(string name, int type, object[] dims) => Join(Text(1, name), Bytes(2, Bytes(1, Join(
        Number(1, type),
        Bytes(2, Join([.. dims.Select(d => Bytes(1, d is string symbol ? Text(2, symbol) : Number(1, Convert.ToInt64(d, null))))]))))));
}

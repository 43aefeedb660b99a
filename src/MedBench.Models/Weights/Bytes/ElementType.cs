using static TorchSharp.torch;

namespace MedBench.Models.Weights.Bytes;

/// <summary>One element type under the names that the file formats give it.</summary>
/// <param name="Type">In TorchSharp.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Safetensors">In a safetensors header.</param>
/// <param name="Storage">PyTorch's storage class, in module <c>torch</c>.</param>
/// <param name="Torch">PyTorch's dtype, in module <c>torch</c>.</param>
/// <param name="Onnx">ONNX's <c>TensorProto.DataType</c>.</param>
internal sealed record ElementType(ScalarType Type, int Size, string Safetensors, string Storage, string Torch, int Onnx)
{
    public static readonly IReadOnlyList<ElementType> All =
    [
        new(ScalarType.Bool, 1, "BOOL", "BoolStorage", "bool", 9),
        new(ScalarType.Byte, 1, "U8", "ByteStorage", "uint8", 2),
        new(ScalarType.Int8, 1, "I8", "CharStorage", "int8", 3),
        new(ScalarType.Int16, 2, "I16", "ShortStorage", "int16", 5),
        new(ScalarType.Int32, 4, "I32", "IntStorage", "int32", 6),
        new(ScalarType.Int64, 8, "I64", "LongStorage", "int64", 7),
        new(ScalarType.Float16, 2, "F16", "HalfStorage", "float16", 10),
        new(ScalarType.BFloat16, 2, "BF16", "BFloat16Storage", "bfloat16", 16),
        new(ScalarType.Float32, 4, "F32", "FloatStorage", "float32", 1),
        new(ScalarType.Float64, 8, "F64", "DoubleStorage", "float64", 11),
    ];

    public bool IsFloat => Type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    public static ElementType? Find(ScalarType type) => All.FirstOrDefault(e => e.Type == type);

    /// <exception cref="ArgumentException">Complex and quantised tensors, which no checkpoint here holds.</exception>
    public static ElementType Of(ScalarType type) => Find(type) ?? throw new ArgumentException($"no checkpoint format here stores {type}", nameof(type));
}

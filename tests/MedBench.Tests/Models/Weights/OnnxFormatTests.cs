using MedBench.Core.Errors;
using MedBench.Models.Weights;
using static MedBench.Tests.Models.Weights.Onnx;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>ONNX models as checkpoints: what writers write, and every rule broken once.</summary>
public sealed class OnnxFormatTests : IDisposable
{
    private static readonly byte[] s_half = [0x00, 0x3c];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_EveryFormOfValues_ReadsThem()
    {
        using var checkpoint = Checkpoint.Open(Write(
            Floats("raw", [2, 1], [1, -2]),
            Initializer("packed", F32, [2], Bytes(4, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40])),
            Initializer("single", F32, [2], Fixed32(4, 3), Fixed32(4, 4)),
            Initializer("half", F16, [1], Bytes(9, s_half)),
            Initializer("half-bits", F16, [2], Bytes(5, Join(Varint(0x3c00), Varint(0xbc00)))),
            Initializer("brain", BF16, [1], Bytes(9, [0x80, 0x3f])),
            Initializer("double", F64, [1], Bytes(10, BitConverter.GetBytes(0.5))),
            Initializer("long", I64, [3], Bytes(7, Join(Varint(-1), Varint(300), Varint(0)))),
            Initializer("long-single", I64, [], Number(7, 7)),
            Initializer("bool", 9, [2], Bytes(5, [1, 0])),
            Initializer("empty", F32, [0, 3]),
            Initializer("packed-dims", F32, [], Bytes(1, [2, 1]), Bytes(9, new byte[8]))));

        Assert.Equal([1, -2], checkpoint.Values("raw"));
        Assert.Equal([2L, 1L], checkpoint.Shape("raw"));
        Assert.Equal([1, 2], checkpoint.Values("packed"));
        Assert.Equal([3, 4], checkpoint.Values("single"));
        Assert.Equal([1], checkpoint.Values("half"));
        Assert.Equal([1, -1], checkpoint.Values("half-bits"));
        Assert.Equal([1], checkpoint.Values("brain"));
        Assert.Equal([0.5], checkpoint.Values("double"));
        Assert.Equal([-1, 300, 0], checkpoint.Values("long"));
        Assert.Equal([7], checkpoint.Values("long-single"));
        Assert.Equal([1, 0], checkpoint.Values("bool"));
        Assert.Empty(checkpoint.Values("empty"));
        Assert.Equal([2L, 1L], checkpoint.Shape("packed-dims"));
        Assert.Equal(ScalarType.BFloat16, checkpoint.Entries.Single(e => e.Name == "brain").Type);
    }

    [Fact]
    public void Open_NinthByteABrace_IsStillOnnx()
    {
        byte[] model = Join(Number(1, 8), Text(2, "prod{ucer"), Bytes(7, Floats("a", [1], [1])), Bytes(8, Number(2, 17)));
        Assert.Equal((byte)'{', model[8]);
        using var checkpoint = Checkpoint.Open(_folder.Write("m", model));
        Assert.Equal([1], checkpoint.Values("a"));
    }

    public static TheoryData<string, byte[], string> Broken() => new()
    {
        { "two of a name", Join(Floats("a", [1], [1]), Floats("a", [1], [1])), "has the key 'a' twice" },
        { "no name", Bytes(5, Join(Number(2, 1), Bytes(9, []))), "an initialiser with 0 names" },
        { "two names", Initializer("a", F32, [1], Text(8, "b")), "an initialiser with 2 names" },
        { "too few bytes", Initializer("a", F32, [2], Bytes(9, new byte[4])), "gives 'a' 4 bytes, but float32 [2] needs 2 values, 8 bytes" },
        { "too many bytes", Initializer("a", F32, [1], Bytes(9, new byte[8])), "gives 'a' 8 bytes" },
        { "too few numbers", Initializer("a", I64, [2], Bytes(7, [1])), "gives 'a' 1 bytes" },
        { "too many numbers", Initializer("a", I64, [1], Bytes(7, [1, 2])), "gives 'a'" },
        { "no values", Initializer("a", F32, [1]), "gives 'a' 0 bytes" },
        { "huge and empty", Initializer("a", I64, [1L << 40]), "gives 'a' 0 bytes" },
        { "negative size", Initializer("a", F32, [-1]), "impossible shape [-1] for 'a'" },
        { "overflow", Initializer("a", F32, [1L << 32, 1L << 32]), "impossible shape" },
        { "empty, with strides that overflow", Initializer("a", F32, [0, 1L << 32, 1L << 32], Bytes(9, [])), "impossible shape" },
        { "too many dimensions", Initializer("a", F32, [.. Enumerable.Repeat(1L, 65)], Bytes(9, new byte[4])), "impossible shape" },
        { "text", Initializer("a", 8, [1], Text(6, "x")), "holds 'a' as ONNX data type 8, which is not supported" },
        { "float8", Initializer("a", 17, [1], Bytes(9, [0])), "holds 'a' as ONNX data type 17" },
        { "other list", Initializer("a", F32, [1], Bytes(7, [1])), "values in a form that does not belong to float32" },
        { "two lists", Initializer("a", F32, [1], Bytes(9, new byte[4]), Bytes(4, new byte[4])), "values in a form that does not belong to float32" },
        { "raw twice", Initializer("a", F32, [1], Bytes(9, new byte[2]), Bytes(9, new byte[2])), "values in a form that does not belong to float32" },
        { "segments", Initializer("a", F32, [1], Bytes(3, [])), "holds 'a' in segments" },
        { "external", External("a", [1], "weights.bin", 0, 4), "keeps 'a' in the file 'weights.bin' beside it" },
        { "external without place", Initializer("a", F32, [1], Bytes(13, [])), "keeps 'a' in the file that it does not name" },
        { "sparse", Bytes(15, []), "holds sparse initialisers" },
        { "none", Text(2, "graph"), "holds no initialisers" },
        { "number as tensor", Number(5, 1), "a number where a message belongs" },
        { "number as name", Bytes(5, Number(8, 1)), "a number where text belongs" },
        { "group", Bytes(5, [0x0b]), "a protobuf field of the unknown kind 3" },
        { "field 0", Bytes(5, [0x00, 0x00]), "has no protobuf field" },
        { "endless number", Bytes(5, [.. Enumerable.Repeat((byte)0x80, 12)]), "a number that does not end" },
        { "beyond its message", Bytes(5, [0x42, 0x7f]), "ends inside the protobuf field" },
        { "negative length", Bytes(5, Join([0x42], Varint(-1))), "ends inside the protobuf field" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Open_BrokenRule_NamesFileAndTensor(string name, byte[] graph, string problem)
    {
        string path = Write(graph);
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(path));
        Assert.True(e.Message.StartsWith(path + ": ", StringComparison.Ordinal) && e.Message.Contains(problem, StringComparison.Ordinal), $"{name}: {e.Message}");
        Assert.NotEmpty(e.Fix);
    }

    [Fact]
    public void Open_TwoGraphsOrNone_IsRefused()
    {
        byte[] opset = Bytes(8, Number(2, 17)), graph = Bytes(7, Floats("a", [1], [1]));
        Assert.Contains("has 2 ONNX graphs", Refusal(Join(Number(1, 8), graph, graph, opset)), StringComparison.Ordinal);
        Assert.Contains("has 0 ONNX graphs", Refusal(Join(Number(1, 8), Text(2, "test"), opset)), StringComparison.Ordinal);
        Assert.Contains("names no operator set", Refusal(Join(Number(1, 8), graph)), StringComparison.Ordinal);
    }

    private string Refusal(byte[] model) => Assert.Throws<MedBenchException>(() => Checkpoint.Open(_folder.Write("m", model))).Message;

    private string Write(params byte[][] graph) => _folder.Write("model.onnx", Model(graph));
}

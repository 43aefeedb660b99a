using CsCheck;
using MedBench.Core.Errors;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>A damaged file gives a <see cref="MedBenchException"/> or tensors, never another exception.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Files => ["module.zip.pth", "module.legacy.pth", "views.zip.pth", "views.legacy.pth", "plain.zip.pth", "plain.legacy.pth", "nested.zip.pth", "protocol4.zip.pth", "safetensors", "onnx"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_EveryTruncation_ThrowsMedBenchException(string file)
    {
        byte[] whole = Content(file);
        int step = Math.Max(1, whole.Length / 500);
        for (int length = 0; length < whole.Length; length += step)
        {
            string path = _folder.Write("cut", whole.AsSpan(0, length));
            Assert.Throws<MedBenchException>(() => Checkpoint.Open(path));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_FlippedBytes_ThrowsMedBenchExceptionOrReads(string file)
    {
        byte[] whole = Content(file);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 3].Sample(changes =>
        {
            byte[] damaged = [.. whole];
            foreach (var (at, value) in changes) damaged[at] = value;
            string path = _folder.Write("damaged", damaged);
            try
            {
                using var checkpoint = Checkpoint.Open(path);
                foreach (var entry in checkpoint.Entries)
                {
                    long bytes = entry.Shape.Aggregate(8L, (a, b) => a * b);
                    if (bytes < 1 << 20) checkpoint.Values(entry.Name);
                }
            }
            catch (MedBenchException)
            {
            }
        }, iter: 1500, threads: 1);
    }

    // Whole programs of allowed instructions: the machine must refuse nonsense, not fall over it.
    [Fact]
    public void Open_RandomPrograms_ThrowMedBenchExceptionOrRead()
    {
        const string Tensor = "ctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0004tQK\0K\u0004\u0085K\u0001\u0085\u0089NtR";
        string[] words =
        [
            "N", "\u0088", "K\u0001", "J\u00ff\u00ff\u00ff\u00ff", "\u008a\u0000", "\u008a\u0009\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009", "U\u0001a", "U\u0007storage", "(", "t", ")", "\u0085", "\u0086", "\u0087",
            "]", "a", "e", "}", "s", "u", "q\0", "h\0", "\u0094", "Q", "R", "b", "\u0093", ".", "ctorch\nFloatStorage\n", "ctorch\nfloat32\n", "ctorch\nSize\n",
            "ccollections\nOrderedDict\n", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n", "(U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0004tQ",
            Tensor, "U\u0001a" + Tensor, "U\u0001bN",
        ];
        int read = 0;
        Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 24].Sample(program =>
        {
            try
            {
                using var checkpoint = Checkpoint.Open(PickleFile.Zip(_folder, PickleFile.Bytes($"}}(U\u0001a{Tensor}{string.Concat(program)}u.")));
                foreach (var entry in checkpoint.Entries) checkpoint.Values(entry.Name);
                read++;
            }
            catch (MedBenchException)
            {
            }
        }, iter: 2_000, threads: 1);
        Assert.True(read > 0, "no program was valid: the test tests nothing");
    }

    private byte[] Content(string file)
    {
        if (file == "onnx") return Onnx.Model([Onnx.Floats("a", [2, 3], [1, 2, 3, 4, 5, 6]), Onnx.Initializer("b", Onnx.F16, [2], Onnx.Bytes(5, [1, 2])), Onnx.Node("Relu", ["a"], ["c"])]);
        if (file != "safetensors") return File.ReadAllBytes(Golden.File(file));
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(_folder.File("w"), [("a", arange(6).reshape(2, 3)), ("b", zeros(3)), ("c", tensor(true))]);
        return File.ReadAllBytes(_folder.File("w"));
    }
}

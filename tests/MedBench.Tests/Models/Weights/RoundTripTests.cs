using CsCheck;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights;
using MedBench.Models.Weights.Bytes;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>What is written is what is read, in every format.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly ScalarType[] s_types =
    [
        ScalarType.Bool, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64,
        ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64,
    ];

    private readonly TestFolder _folder = new();

    public static TheoryData<string> Formats => ["safetensors", "zip", "legacy"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_RandomTensors_ReadBackBitForBit(string format)
    {
        var tensor = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5].Array[0, 4], Gen.Bool, Gen.Int);
        tensor.Array[0, 6].Sample(specs =>
        {
            using var scope = NewDisposeScope();
            var entries = specs.Select((s, i) => ($"layer.{i}.ü \"{i}\"", Make(s_types[s.Item1], s.Item2, transposed: s.Item3, seed: s.Item4))).ToList();
            // A PyTorch file without tensors holds no state dict.
            if (format != "safetensors" && entries.Count == 0) return;
            string path = Write(format, entries);
            using var checkpoint = Checkpoint.Open(path);
            Assert.Equal(entries.Select(e => e.Item1), checkpoint.Entries.Select(e => e.Name));
            foreach (var (name, expected) in entries)
            {
                var entry = checkpoint.Entries.Single(e => e.Name == name);
                Assert.Equal(expected.dtype, entry.Type);
                Assert.Equal(expected.shape, entry.Shape);
                var stored = new byte[expected.NumberOfElements * expected.ElementSize];
                checkpoint.Read(name, stored);
                Assert.Equal(expected.contiguous().bytes.ToArray(), stored);
            }
        }, iter: 60, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_SameTensorsTwice_GivesTheSameBytes(string format)
    {
        using var tensor = arange(7);
        byte[] first = File.ReadAllBytes(Write(format, [("a", tensor)])), second = File.ReadAllBytes(Write(format, [("a", tensor)]));
        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_TwoTensorsOfOneName_Throws(string format)
    {
        using var tensor = arange(7);
        Assert.Throws<ArgumentException>(() => Write(format, [("a", tensor), ("a", tensor)]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_ComplexTensor_ThrowsAndLeavesNothing(string format)
    {
        using var tensor = zeros(2, ScalarType.ComplexFloat32);
        Assert.Throws<ArgumentException>(() => Write(format, [("a", tensor)]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.pth")]
    [InlineData("m.pt")]
    public void Save_Module_LoadsIntoAnother(string name)
    {
        using var source = Module();
        using var target = Module();
        StateDictSaver.Save(source, _folder.File(name));
        StateDictLoader.Load(target, _folder.File(name));
        foreach (var (a, b) in StateDict.Of(source).Zip(StateDict.Of(target)))
        {
            Assert.Equal(a.Name, b.Name);
            Assert.True(a.Tensor.eq(b.Tensor).all().item<bool>(), a.Name);
        }
    }

    [Fact]
    public void Save_UnknownExtension_NamesTheKnownOnes()
    {
        using var module = Module();
        var e = Assert.Throws<MedBench.Core.Errors.MedBenchException>(() => StateDictSaver.Save(module, _folder.File("m.onnx")));
        Assert.Equal("call it .safetensors, .pth or .pt", e.Fix);
    }

    // Longer than one piece, so that the seams between pieces are in the test.
    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_ConvertedAcrossPieces_EqualsTorchsConversion(string format)
    {
        using var scope = NewDisposeScope();
        var stored = linspace(-3, 3, 3000 * 1000, ScalarType.Float64).reshape(3000, 1000);
        string path = Write(format, [("w", stored)]);
        using var checkpoint = Checkpoint.Open(path);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16 })
        {
            var target = zeros([3000, 1000], type);
            checkpoint.Read("w", target);
            Assert.True(target.eq(stored.to(type)).all().item<bool>());
        }
        var turned = zeros([1000, 3000], ScalarType.Float32).t();
        checkpoint.Read("w", turned);
        Assert.True(turned.eq(stored.to(ScalarType.Float32)).all().item<bool>());
    }

    [Fact]
    public void WriteRows_GivesTheBytesOfTheWholeTensor()
    {
        using var whole = rand(7, 3, 2);
        SafetensorsWriter.Write(_folder.File("whole"), [("rows", whole)]);
        SafetensorsWriter.WriteRows(_folder.File("pieces"), "rows", 7, [whole.narrow(0, 0, 4), whole.narrow(0, 4, 2), whole.narrow(0, 6, 1)]);
        Assert.Equal(File.ReadAllBytes(_folder.File("whole")), File.ReadAllBytes(_folder.File("pieces")));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void WriteRows_OtherNumberOfRows_LeavesNoFile(int rows)
    {
        using var whole = rand(7, 3);
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.WriteRows(_folder.File("pieces"), "rows", rows, [whole]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static nn.Module Module() => nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(16, 2));

    private static Tensor Make(ScalarType type, int[] shape, bool transposed, int seed)
    {
        manual_seed(seed);
        using var noise = rand([.. shape.Select(x => (long)x)], ScalarType.Float64).mul(100);
        var tensor = noise.to(type);
        return transposed && shape.Length > 1 ? tensor.transpose(0, -1) : tensor;
    }

    private string Write(string format, IReadOnlyList<(string, Tensor)> entries)
    {
        string path = _folder.File("file");
        if (format == "safetensors") SafetensorsWriter.Write(path, entries);
        else PthWriter.Write(path, entries, legacy: format == "legacy");
        return path;
    }
}

using CsCheck;
using MedBench.Data.Errors;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>A damaged file gives a <see cref="MedBenchException"/> or tensors, never another exception.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Files => ["module.zip.pth", "module.legacy.pth", "views.zip.pth", "views.legacy.pth", "plain.zip.pth", "plain.legacy.pth", "nested.zip.pth", "protocol4.zip.pth", "safetensors"];

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

    private byte[] Content(string file)
    {
        if (file != "safetensors") return File.ReadAllBytes(Golden.File(file));
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(_folder.File("w"), [("a", arange(6).reshape(2, 3)), ("b", zeros(3)), ("c", tensor(true))]);
        return File.ReadAllBytes(_folder.File("w"));
    }
}

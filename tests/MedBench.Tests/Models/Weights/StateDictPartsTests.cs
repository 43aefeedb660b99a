using System.Runtime.InteropServices;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Models.Weights;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Formats;
using MedBench.Training.Runs;

namespace MedBench.Tests.Models.Weights;

/// <summary>Which of several state dicts in a file is read, what is said of it, and what does not belong to a name.</summary>
public sealed class StateDictPartsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Key(string text) => $"X{(char)text.Length}\0\0\0{text}";

    private static string Dict(params string[] pairs) => $"}}({string.Concat(pairs)}u";

    // Two int16 of a storage, from an element on.
    private static string Tensor(int offset, string storage = "0") =>
        $"ctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\nShortStorage\nU\u0001{storage}U\u0003cpuK\u0008tQK{(char)offset}K\u0002\u0085K\u0001\u0085\u0089ccollections\nOrderedDict\n)RtR";

    private static string Part(string name, int offset, string key = "a") => Key(name) + Dict(Key(key) + Tensor(offset));

    private ICheckpoint Open(string pickle, string? part = null) => Checkpoint.Open(PickleFile.Zip(_folder, PickleFile.Bytes(pickle + ".")), part);

    private static short First(ICheckpoint file, string name = "a")
    {
        var bytes = new byte[4];
        file.Read(name, bytes);
        return MemoryMarshal.Cast<byte, short>(bytes)[0];
    }

    // Element i of the storage is 2i, 2i + 1 as bytes.
    private static short At(int element) => (short)(2 * element + 256 * (2 * element + 1));

    [Theory]
    [InlineData("state_dict", "state_dict_ema")]
    [InlineData("model", "model_ema")]
    [InlineData("student", "teacher")]
    [InlineData("model", "state_dict")]
    public void Open_SeveralParts_TakesTheOneThatTimmTakesAndSaysWhatIsLeft(string left, string taken)
    {
        using var file = Open(Dict(Part(left, 1), Part(taken, 3)));

        Assert.Equal((taken, At(3)), (file.Part, First(file)));
        Assert.Equal([left], file.LeftParts);
    }

    [Fact]
    public void Open_APartThatWasAskedFor_IsReadAndTheOtherLeft()
    {
        string pickle = Dict(Part("state_dict", 1), Part("state_dict_ema", 3));
        using (var file = Open(pickle, "state_dict"))
        {
            Assert.Equal(("state_dict", At(1)), (file.Part, First(file)));
            Assert.Equal(["state_dict_ema"], file.LeftParts);
        }
        Assert.Contains("'state_dict'", Assert.Throws<MedBenchException>(() => Open(pickle, "stat_dict")).Fix);
    }

    [Theory]
    [InlineData("net")]
    [InlineData("model_state_dict")]
    public void Open_OneWrapper_HasNothingLeft(string wrapper)
    {
        using var file = Open(Dict(Part(wrapper, 2), Key("epoch") + "K\u0005"));

        Assert.Equal((wrapper, At(2)), (file.Part, First(file)));
        Assert.Empty(file.LeftParts);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("_orig_mod.module.")]
    [InlineData("module.backbone.")]
    public void Open_APrefixOfEveryKey_IsTakenOffAndNamed(string prefix)
    {
        using var file = Open(Dict(Key(prefix + "a") + Tensor(1), Key(prefix + "b") + Tensor(2)));

        Assert.Equal(prefix, file.Prefix);
        Assert.Equal(["a", "b"], file.Entries.Select(e => e.Name));
        Assert.Equal(At(2), First(file, "b"));
    }

    [Fact]
    public void Open_APrefixOfSomeKeys_IsPartOfTheirNames()
    {
        using var file = Open(Dict(Key("module.a") + Tensor(1), Key("b") + Tensor(2)));

        Assert.Equal(("", "module.a"), (file.Prefix, file.Entries[0].Name));
    }

    [Fact]
    public void Open_LegacyFileWithAnOptimizer_StepsOverItsStorages()
    {
        using var stream = new MemoryStream();
        var pickler = new Pickler(stream);
        pickler.Dump(PthLegacyFormat.MagicNumber);
        pickler.Dump(PthLegacyFormat.Protocol);
        pickler.Dump(new Dictionary<string, object> { ["little_endian"] = true });
        string optimizer = Key("optimizer") + Dict(Key("state") + Dict("K\0" + Dict(Key("exp_avg") + Tensor(0, "1").Replace("ShortStorage", "DoubleStorage"))));
        stream.Write([0x80, 2, .. PickleFile.Bytes(Dict(optimizer, Part("state_dict", 3)).Replace("cpuK\u0008tQ", "cpuK\u0008NtQ") + ".")]);
        // The optimizer's storage lies first.
        pickler.Dump((string[])["1", "0"]);
        foreach (int size in (int[])[8, 2]) stream.Write([.. BitConverter.GetBytes(8L), .. Enumerable.Range(0, 8 * size).Select(i => (byte)i)]);

        using var file = Checkpoint.Open(_folder.Write("old.pth.tar", stream.ToArray()));

        Assert.Equal(("state_dict", At(3)), (file.Part, First(file)));
    }

    [Fact]
    public void Notes_OfWeights_SayWhatWasReadAndWhatWasLeft()
    {
        string path = PickleFile.Zip(_folder, PickleFile.Bytes(Dict(Part("state_dict", 1, "module.a"), Part("state_dict_ema", 3, "module.a")) + "."));

        Assert.Equal(
            ["weights: read from 'state_dict_ema' of w.pth, as timm does; 'state_dict' left (--weights-part reads another)", "weights: 'module.' was taken off every key of w.pth"],
            InitialWeights.FromFile(path).Notes());
        Assert.NotEqual(InitialWeights.FromFile(path).Id, InitialWeights.FromFile(path, "state_dict").Id);
        Assert.Contains("as was asked", InitialWeights.FromFile(path, "state_dict").Notes().First());
    }

    [Fact]
    public void Open_APartOfASafetensorsFile_IsRefused()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"a":{"dtype":"I16","shape":[1],"data_offsets":[0,2]}}""");
        string path = _folder.Write("w.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. header, 1, 0]);

        Assert.Contains("has no parts", Assert.Throws<MedBenchException>(() => Checkpoint.Open(path, "model")).Message);
    }
}

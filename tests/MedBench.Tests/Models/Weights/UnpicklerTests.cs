using MedBench.Core.Errors;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>Pickles are data here: what is not on the short list is refused, by name and offset.</summary>
public sealed class UnpicklerTests : IDisposable
{
    // Python's pickletools: the instructions that a state dict needs.
    private const string Known = "\x80\x95.(N\x88\x89JKM\x8aGX\x8cTU)t\x85\x86\x87]ae}suqr\x94hjc\x93RbQ";

    private readonly TestFolder _folder = new();

    public static TheoryData<int> UnknownOpcodes => [.. Enumerable.Range(0, 256).Where(b => !Known.Contains((char)b, StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cos\nsystem\n(X\x0e\0\0\0touch /tmp/pwntR.", "os.system")]
    [InlineData("cposix\nsystem\n.", "posix.system")]
    [InlineData("c__builtin__\neval\n(X\x01\0\0\0" + "1tR.", "__builtin__.eval")]
    [InlineData("cbuiltins\nexec\n.", "builtins.exec")]
    [InlineData("cbuiltins\ngetattr\n.", "builtins.getattr")]
    [InlineData("ctorch\nload\n.", "torch.load")]
    [InlineData("ctorch.hub\nload\n.", "torch.hub.load")]
    [InlineData("ctorch._utils\n__builtins__\n.", "torch._utils.__builtins__")]
    [InlineData("ctorch\n_utils._rebuild_tensor_v2.__globals__\n.", "torch._utils._rebuild_tensor_v2.__globals__")]
    [InlineData("\x8c\x02os\x8c\x06system\x93.", "os.system")]
    public void Open_ForbiddenGlobal_IsNamedAndNotExecuted(string pickle, string name)
    {
        var e = Refused(pickle);
        Assert.Matches($@"asks for the Python object {name.Replace(".", @"\.", StringComparison.Ordinal)} at offset \d+, .* it was not executed", e.Message);
    }

    [Theory]
    [MemberData(nameof(UnknownOpcodes))]
    public void Open_UnknownOpcode_IsNamed(int opcode)
    {
        var e = Refused($"){(char)opcode}.");
        Assert.Matches($@"has the pickle instruction 0x{opcode:x2} at offset \d+, .* it was not executed", e.Message);
    }

    [Theory]
    [InlineData(".", "takes a value from an empty stack")]
    [InlineData("(.", "takes a value from an empty stack")]
    [InlineData("NN.", "has values left over")]
    [InlineData("N(.", "takes a value from an empty stack")]
    [InlineData("t.", "goes back to a mark that is not there")]
    [InlineData("N(\x85.", "takes a value from an empty stack")]
    [InlineData("h\x05.", "recalls 5, which it never stored")]
    [InlineData("Na.", "takes a value from an empty stack")]
    [InlineData("NNa.", "appends to something that is not a list")]
    [InlineData("]NNs.", "sets items of something that is not a dict")]
    [InlineData("}(Nu.", "sets items of something that is not a dict")]
    [InlineData("}]Ns.", "has a dict key that is not text or a number")]
    [InlineData("})Ns.", "has a dict key that is not text or a number")]
    [InlineData("NQ.", "has a persistent id that is not a storage")]
    [InlineData("N)R.", "calls something that is not a function")]
    [InlineData("ctorch\nFloatStorage\n)R.", "calls something that is not a function")]
    [InlineData("ccollections\nOrderedDict\nNR.", "calls something that is not a function")]
    [InlineData("ccollections\nOrderedDict\n(NtR.", "calls collections.OrderedDict with arguments that do not fit")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "calls torch._utils._rebuild_tensor_v2 with arguments that do not fit")]
    [InlineData("ctorch._utils\n_rebuild_parameter\n(N\x88NtR.", "calls torch._utils._rebuild_parameter with arguments that do not fit")]
    [InlineData("]Nb.", "sets attributes of something that has none")]
    [InlineData("NN\x93.", "has a global without a name")]
    [InlineData("cos", "has a name without end")]
    [InlineData("X\xff\xff\xff\x7f", "ends early")]
    [InlineData("T\xff\xff\xff\xff", "ends early")]
    [InlineData("N", "ends early")]
    [InlineData("\x80\x06N.", "has protocol 6, not 2 to 5")]
    [InlineData("N.", "holds no state dict")]
    [InlineData("}.", "holds no state dict")]
    [InlineData("}U\x05modelh\0s.", "recalls 0, which it never stored")]
    // Its own state dict.
    [InlineData("}q\0U\x05modelh\0s.", "holds no state dict")]
    public void Open_BadPickle_SaysWhy(string pickle, string problem) => Assert.Contains(problem, Refused(pickle).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("K\x00", "K\x08\x85", "K\x01\x85", new[] { 0x0100, 0x0302, 0x0504, 0x0706, 0x0908, 0x0b0a, 0x0d0c, 0x0f0e })]
    [InlineData("K\x01", "K\x02K\x02\x86", "K\x01K\x03\x86", new[] { 0x0302, 0x0908, 0x0504, 0x0b0a })]
    public void Read_ViewByHand_FollowsItsStrides(string offset, string shape, string strides, int[] expected)
    {
        double[] Read(string byteorder)
        {
            using var checkpoint = Checkpoint.Open(PickleFile.Zip(_folder, PickleFile.State(offset, shape, strides), byteorder));
            return checkpoint.Values("a");
        }

        Assert.Equal(expected.Select(x => (double)x), Read("little"));
        Assert.Equal(expected.Select(x => (double)(((x & 0xff) << 8) | (x >> 8))), Read("big"));
    }

    [Theory]
    [InlineData("K\x00", "K\x09\x85", "K\x01\x85", "reach byte 18 of its storage, which has 16")]
    [InlineData("K\x01", "K\x08\x85", "K\x01\x85", "reach byte 18 of its storage, which has 16")]
    [InlineData("K\x00", "K\x02\x85", "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85", "impossible shape")]
    [InlineData("K\x00", "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85", "K\x00\x85", "impossible shape")]
    [InlineData("K\x00", "J\xff\xff\xff\xff\x85", "K\x01\x85", "impossible shape")]
    [InlineData("K\x00", "K\x02\x85", "J\xff\xff\xff\xff\x85", "impossible shape")]
    [InlineData("K\x00", "K\x02\x85", ")", "impossible shape")]
    [InlineData("J\xff\xff\xff\xff", "K\x02\x85", "K\x01\x85", "arguments that do not fit")]
    [InlineData("\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f", "K\x02\x85", "K\x01\x85", "arguments that do not fit")]
    [InlineData("K\x00", "N\x85", "K\x01\x85", "arguments that do not fit")]
    public void Open_ViewOutsideItsStorage_Throws(string offset, string shape, string strides, string problem)
    {
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(PickleFile.Zip(_folder, PickleFile.State(offset, shape, strides))));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingStorage_IsNamed()
    {
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(PickleFile.Zip(_folder, PickleFile.State("K\0", "K\x01\x85", "K\x01\x85", key: "7"))));
        Assert.Contains("lacks the storage data/7", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UntypedStorage_TakesItsTypeFromTheTensor()
    {
        byte[] pickle = PickleFile.Bytes("}(U\x01" + "actorch._utils\n_rebuild_tensor_v3\n((U\x07storagectorch.storage\nUntypedStorage\nU\x01" + "0U\u0003cpuK\x10tQK\x01K\x02\x85K\x01\x85\u0089ccollections\nOrderedDict\n)Rctorch\nint32\n}tRu.");
        using var checkpoint = Checkpoint.Open(PickleFile.Zip(_folder, pickle));
        Assert.Equal(ScalarType.Int32, checkpoint.Entries[0].Type);
        Assert.Equal([0x07060504, 0x0b0a0908], checkpoint.Values("a").Select(x => (int)x));
    }

    [Theory]
    [InlineData("ctorch._utils\n_rebuild_tensor\n(@tQK\u0001K\u0002\u0085K\u0001\u0085tR", 1)]
    [InlineData("ctorch._utils\n_rebuild_parameter_with_state\n(ctorch._utils\n_rebuild_tensor\n(@tQK\u0001K\u0002\u0085K\u0001\u0085tR\u0088N}tR", 1)]
    [InlineData("ctorch._utils\n_rebuild_tensor\n(@(U\u00011K\u0002K\u0004ttQK\u0001K\u0002\u0085K\u0001\u0085tR", 3)]
    public void Open_OtherWaysToMakeATensor_GiveTheSame(string value, int first)
    {
        string storage = "(U\u0007storagectorch\nByteStorage\nU\u00010NK\u0010";
        byte[] pickle = PickleFile.Bytes($"}}U\u0001a{value.Replace("@", storage, StringComparison.Ordinal)}s.");
        using var checkpoint = Checkpoint.Open(PickleFile.Zip(_folder, pickle));
        Assert.Equal([first, first + 1.0], checkpoint.Values("a"));
    }

    // Python 2 wrote OrderedDict([[key, value], …]).
    [Fact]
    public void Open_OrderedDictOfPairs_IsADict()
    {
        byte[] tensor = PickleFile.State("K\0", "K\x01\x85", "K\x01\x85")[2..^2];
        byte[] pickle = [.. "ccollections\nOrderedDict\n(](]("u8, .. tensor, .. "eetR."u8];
        using var checkpoint = Checkpoint.Open(PickleFile.Zip(_folder, pickle));
        Assert.Equal("a", Assert.Single(checkpoint.Entries).Name);
    }

    [Fact]
    public void Open_CompressedMember_SaysSo()
    {
        byte[] pickle = [.. "N."u8, .. new byte[500]];
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(PickleFile.Zip(_folder, pickle, level: System.IO.Compression.CompressionLevel.Optimal)));
        Assert.Contains("compressed", e.Message, StringComparison.Ordinal);
    }

    private MedBenchException Refused(string pickle) =>
        Assert.Throws<MedBenchException>(() => Checkpoint.Open(PickleFile.Zip(_folder, PickleFile.Bytes(pickle))));
}

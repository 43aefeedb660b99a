using System.Buffers.Binary;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Models.Weights;

namespace MedBench.Tests.Models.Weights;

/// <summary>Every rule of the safetensors format, broken once.</summary>
public sealed class SafetensorsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_ValidFile_ReadsEntriesInHeaderOrder()
    {
        // The second tensor of the header lies first; the header is padded; the empty tensor shares an offset.
        string path = File("""{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]},"e":{"dtype":"F64","shape":[0,3],"data_offsets":[2,2]},"a":{"dtype":"U8","shape":[2,1],"data_offsets":[0,2]}}   """, 6);
        using var checkpoint = Checkpoint.Open(path);
        Assert.Equal(["b", "e", "a"], checkpoint.Entries.Select(e => e.Name));
        Assert.Equal([0.0, 1.0], checkpoint.Values("a"));
        Assert.Equal([2L, 1L], checkpoint.Shape("a"));
        Assert.Equal(path, checkpoint.Path);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "stores 'b' over another tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "stores 'b' over another tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "has a gap of 4 bytes before 'b'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "has a gap of 4 bytes before 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "has 1 bytes after its last tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "ends inside 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "gives 'a' 4 bytes, but F32 [2] needs 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "not valid JSON: Duplicate property 'a'")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON: Duplicate property 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "impossible shape [-1] for 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "impossible shape [4294967296, 4294967296] for 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "impossible shape [0, 4294967296, 4294967296] for 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}""", 0, "impossible shape [4611686018427387904] for 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "two ascending data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "two ascending data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 8, "two ascending data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551615]}}""", 4, "entry 'a' that is not {dtype, shape, data_offsets}")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "entry 'a' that is not {dtype, shape, data_offsets}")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 0, "entry 'a' that is not {dtype, shape, data_offsets}")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":null}}""", 0, "entry 'a' that is not {dtype, shape, data_offsets}")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"code":"x"}}""", 4, "entry 'a' that is not {dtype, shape, data_offsets}")]
    [InlineData("""{"a":null}""", 0, "has an entry 'a'")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "holds 'a' as F8_E4M3, which is not supported")]
    [InlineData("""{"__metadata__":{"format":1}}""", 0, "__metadata__ that is not an object of strings")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ that is not an object of strings")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""", 4, "not valid JSON")]
    [InlineData("""{/**/}""", 0, "not valid JSON")]
    [InlineData("""{} {}""", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[[[[[[[1]]]]]]]]],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    public void Open_BrokenRule_NamesFileAndKey(string header, int bytes, string problem)
    {
        string path = File(header, bytes);
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(path));
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001, "more than the 100000000 that safetensors allows")]
    [InlineData(3, "ends inside its header of 3 bytes")]
    [InlineData(-1, "length or offset above 2^63")]
    public void Open_WrongHeaderLength_Throws(long length, string problem)
    {
        var bytes = new byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        "{}"u8.CopyTo(bytes.AsSpan(8));
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(_folder.Write("f", bytes)));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    // 640 = 0x280: the first bytes are those of a pickle of protocol 2.
    [Fact]
    public void Open_HeaderLengthThatLooksLikeAPickle_IsSafetensors()
    {
        using var checkpoint = Checkpoint.Open(File("{}".PadRight(640), 0));
        Assert.Empty(checkpoint.Entries);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0", "is a Git LFS pointer")]
    [InlineData("\n<!DOCTYPE html>", "is a web page")]
    [InlineData("hello", "is neither safetensors, a PyTorch checkpoint nor an ONNX model")]
    public void Open_SomethingElse_SaysWhat(string content, string problem)
    {
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(_folder.Write("f.safetensors", Encoding.UTF8.GetBytes(content))));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingFile_NamesIt()
    {
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(_folder.File("none")));
        Assert.Contains(_folder.File("none"), e.Message, StringComparison.Ordinal);
    }

    // Data bytes 0, 1, 2 …
    private string File(string header, int bytes)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        return _folder.Write("f.safetensors", [.. BitConverter.GetBytes((long)json.Length), .. json, .. Enumerable.Range(0, bytes).Select(i => (byte)i)]);
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using MedBench.Core.Errors;
using MedBench.Models.Weights;

namespace MedBench.Tests.Models.Weights;

/// <summary>Zip forms that small files do not have.</summary>
public sealed class ZipDirectoryTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_Zip64_ReadsTheWideFields()
    {
        using var checkpoint = Checkpoint.Open(_folder.Write("wide.pth", Widen(File.ReadAllBytes(Golden.File("parameters.zip.pth")))));
        Assert.Equal(Golden.Ramp(4), checkpoint.Values("weight"));
        Assert.Equal(Golden.Ramp(3), checkpoint.Values("frozen"));
    }

    [Fact]
    public void Open_ZipWithComment_FindsItsDirectory()
    {
        byte[] zip = File.ReadAllBytes(Golden.File("parameters.zip.pth"));
        zip[^2] = 5;
        using var checkpoint = Checkpoint.Open(_folder.Write("comment.pth", [.. zip, .. "hello"u8]));
        Assert.Equal(Golden.Ramp(4), checkpoint.Values("weight"));
    }

    [Theory]
    [InlineData("constants.pkl", "is a TorchScript program")]
    [InlineData("data.pkl", "has the zip member 'parameters.zip/data.pkl' twice")]
    public void Open_OtherMember_SaysWhatItMeans(string name, string problem)
    {
        using var stream = new MemoryStream();
        stream.Write(File.ReadAllBytes(Golden.File("parameters.zip.pth")));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true)) zip.CreateEntry("parameters.zip/" + name, CompressionLevel.NoCompression).Open().Dispose();
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(_folder.Write("f.pth", stream.ToArray())));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    // Moves sizes and offsets into zip64 fields, as a file of more than 4 GB has them.
    private static byte[] Widen(byte[] zip)
    {
        int end = zip.AsSpan().LastIndexOf("PK\x05\x06"u8), directory = (int)UInt(zip, end + 16), count = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(end + 10));
        List<byte> wide = [.. zip[..directory]];
        for (int i = 0, at = directory; i < count; i++)
        {
            int name = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28)), extra = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 30));
            byte[] header = zip[at..(at + 46)];
            byte[] field = [0xfe, 0xca, 2, 0, 0, 0, 1, 0, 24, 0, .. BitConverter.GetBytes((long)UInt(zip, at + 24)), .. BitConverter.GetBytes((long)UInt(zip, at + 20)), .. BitConverter.GetBytes((long)UInt(zip, at + 42))];
            foreach (int place in new[] { 20, 24, 42 }) BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(place), uint.MaxValue);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), (ushort)field.Length);
            wide.AddRange([.. header, .. zip.AsSpan(at + 46, name), .. field]);
            at += 46 + name + extra;
        }
        long end64 = wide.Count;
        wide.AddRange([.. "PK\x06\x06"u8, .. new byte[28], .. BitConverter.GetBytes((long)count), .. BitConverter.GetBytes(end64 - directory), .. BitConverter.GetBytes((long)directory)]);
        wide.AddRange([.. "PK\x06\x07"u8, .. new byte[4], .. BitConverter.GetBytes(end64), 1, 0, 0, 0]);
        return [.. wide, .. "PK\x05\x06"u8, .. new byte[4], .. Enumerable.Repeat((byte)0xff, 12), 0, 0];
    }

    private static uint UInt(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}

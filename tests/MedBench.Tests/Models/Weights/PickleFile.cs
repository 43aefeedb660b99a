using System.IO.Compression;
using System.Text;

namespace MedBench.Tests.Models.Weights;

/// <summary>Makes zip checkpoints around pickles written by hand.</summary>
internal static class PickleFile
{
    /// <summary>A zip checkpoint with this data.pkl (protocol 2 is put before it) and the storages 0 and 1 of 16 bytes each.</summary>
    public static string Zip(TestFolder folder, ReadOnlySpan<byte> pickle, string byteorder = "little", CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "w/data.pkl", [0x80, 2, .. pickle], level);
            Add(zip, "w/byteorder", Encoding.ASCII.GetBytes(byteorder), level);
            byte[] storage = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
            Add(zip, "w/data/0", storage, level);
            Add(zip, "w/data/1", storage, level);
        }
        return folder.Write("w.pth", stream.ToArray());
    }

    /// <summary>The pickle <c>{"a": tensor}</c>, the tensor an int16 view of storage 0 given by raw opcodes.</summary>
    public static byte[] State(string offset, string shape, string strides, string storage = "ctorch\nShortStorage\n", int count = 8, string key = "0") =>
        Bytes($"}}(X\x01\0\0\0actorch._utils\n_rebuild_tensor_v2\n((U\x07storage{storage}U{(char)key.Length}{key}U\u0003cpuK{(char)count}tQ{offset}{shape}{strides}\u0089ccollections\nOrderedDict\n)RtRu.");

    /// <summary>Characters as bytes, one to one.</summary>
    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    private static void Add(ZipArchive zip, string name, byte[] content, CompressionLevel level)
    {
        using var member = zip.CreateEntry(name, level).Open();
        member.Write(content);
    }
}

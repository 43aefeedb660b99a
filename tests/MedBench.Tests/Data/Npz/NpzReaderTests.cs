using System.Runtime.InteropServices;
using MedBench.Core.Errors;
using MedBench.Data.Npz;

namespace MedBench.Tests.Data.Npz;

public sealed class NpzReaderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(Action<NpzWriter> fill)
    {
        string path = _folder.File("a.npz");
        using var stream = File.Create(path);
        using var npz = new NpzWriter(stream);
        fill(npz);
        return path;
    }

    [Fact]
    public void Read_WhatTheWriterWrote_IsTheSame()
    {
        float[] floats = [1.5f, -0f, float.MaxValue, 1e-30f];
        int[] integers = [int.MinValue, 7];
        using var npz = new NpzReader(Write(w =>
        {
            w.Add("f", "<f4", [2, 2], s => s.Write(MemoryMarshal.AsBytes<float>(floats)));
            w.Add("i", "<i4", [2], s => s.Write(MemoryMarshal.AsBytes<int>(integers)));
        }), "mend it");

        Assert.Equal(["f", "i"], npz.Keys);
        Assert.Equal(floats, npz.Singles("f").Values);
        Assert.Equal([2, 2], npz.Singles("f").Shape);
        Assert.Equal(integers, npz.Integers("i").Values);
    }

    [Fact]
    public void Read_OtherType_NamesBoth()
    {
        using var npz = new NpzReader(Write(w => w.Add("x", "<i8", [1], s => s.Write(new byte[8]))), "mend it");

        Assert.Contains("i8 instead of f4", Assert.Throws<MedBenchException>(() => npz.Singles("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedBytes_IsAnError()
    {
        string path = Write(w => w.Add("x", "<f4", [64], s => s.Write(new byte[256])));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^200] ^= 1;
        File.Delete(path);
        _folder.Write("a.npz", bytes);
        using var npz = new NpzReader(path, "mend it");

        Assert.Throws<MedBenchException>(() => npz.Singles("x"));
    }
}

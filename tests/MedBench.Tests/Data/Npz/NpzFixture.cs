using System.IO.Compression;
using MedBench.Data.Datasets;
using MedBench.Data.Npz;
using MedBench.Tests.Data.Preprocessing;

namespace MedBench.Tests.Data.Npz;

/// <summary>Small .npz files in MedMNIST's layout, right or wrong in one chosen place.</summary>
internal static class NpzFixture
{
    public static readonly DatasetCard Grey = new("tiny", "Tiny", DatasetTask.BinaryClass, ["no", "yes"], 1,
        new SplitCounts(5, 3, 4), "CC0 1.0", new Dictionary<int, DatasetFile>(), []);

    public static readonly DatasetCard Findings = Grey with { Task = DatasetTask.MultiLabel, Labels = ["a", "b", "c"] };

    public static readonly string[] Prefixes = ["train", "val", "test"];

    public static byte[] Pixels(string prefix, int count) => PillowResizerTests.HashPixels(prefix, count * 16);

    /// <summary>Writes 5 + 3 + 4 grey images of 4x4 px with alternating labels; <paramref name="replace"/> may write an array its own way and return true.</summary>
    public static string Write(string path, Func<NpzWriter, string, bool>? replace = null)
    {
        using var stream = File.Create(path);
        using var npz = new NpzWriter(stream);
        foreach (var (prefix, count) in Prefixes.Zip([5, 3, 4]))
        {
            if (replace?.Invoke(npz, $"{prefix}_images") is not true)
                npz.Add($"{prefix}_images", "|u1", [count, 4, 4], s => s.Write(Pixels(prefix, count)));
            if (replace?.Invoke(npz, $"{prefix}_labels") is not true)
                npz.Add($"{prefix}_labels", "|u1", [count, 1], s => s.Write([.. Enumerable.Range(0, count).Select(i => (byte)(i % 2))]));
        }
        return path;
    }

    /// <summary>The same, with one entry's bytes changed after the fact (and its checksum with them), deflated as NumPy's savez_compressed does.</summary>
    public static string Rewrite(string path, Func<string, byte[], byte[]?> change)
    {
        using var source = ZipFile.OpenRead(Write(path + ".source"));
        using var target = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var entry in source.Entries)
        {
            using var memory = new MemoryStream();
            using (var content = entry.Open())
                content.CopyTo(memory);
            if (change(entry.FullName, memory.ToArray()) is not { } bytes)
                continue;
            using var output = target.CreateEntry(entry.FullName).Open();
            output.Write(bytes);
        }
        return path;
    }

    public static byte[] Content(ImageDataset dataset) =>
    [
        .. Enum.GetValues<Split>().SelectMany(split =>
            Enumerable.Range(0, dataset[split].Count).SelectMany(i => dataset[split].Image(i).ToArray().Concat(dataset[split].Label(i).ToArray()))),
    ];
}

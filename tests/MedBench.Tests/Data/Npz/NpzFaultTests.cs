using CsCheck;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Npz;

/// <summary>Damaged archives, hostile caches and large files.</summary>
public sealed class NpzFaultTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenFile_BytesFlipped_FailsPlainlyOrGivesTheSameContent(bool deflated)
    {
        byte[] original = Whole(deflated, out byte[] content);
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte[1, 255]).Array[1, 3].Sample(flips =>
        {
            byte[] damaged = [.. original];
            foreach (var (at, mask) in flips)
                damaged[at] ^= mask;
            AssertPlainFailureOrSame(damaged, content);
        }, iter: 300, threads: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenFile_CutShort_FailsPlainly(bool deflated)
    {
        byte[] original = Whole(deflated, out byte[] content);
        Gen.Int[0, original.Length - 1].Sample(length => AssertPlainFailureOrSame(original[..length], content), iter: 200, threads: 1);
    }

    [Fact]
    public async Task OpenFile_ManyAtOnce_AllSucceedAndOneCopyRemains()
    {
        string path = NpzFixture.Write(_folder.File("a.npz")), cache = _folder.File("cache");
        var contents = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var dataset = ImageDataset.OpenFile(path, NpzFixture.Grey, cache);
            return NpzFixture.Content(dataset);
        })));
        Assert.All(contents, content => Assert.Equal(contents[0], content));
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(cache, "arrays")));
    }

    [Fact]
    public void OpenFile_CacheCannotBeWritten_NamesTheVariable()
    {
        // A folder below a file cannot be made, not even by root.
        string path = NpzFixture.Write(_folder.File("a.npz"));
        var error = Assert.Throws<MedBenchException>(() => ImageDataset.OpenFile(path, NpzFixture.Grey, Path.Combine(path, "cache")));
        Assert.Contains("cannot write", error.Message);
        Assert.Contains("MEDBENCH_CACHE", error.Fix);
    }

    [SkippableFact]
    public void OpenFile_CacheIsReadOnly_NamesTheVariable()
    {
        Skip.If(Environment.UserName == "root", "root may write anywhere: run the tests as another user");
        string path = NpzFixture.Write(_folder.File("a.npz")), cache = Directory.CreateDirectory(_folder.File("cache")).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(cache, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such mode: run the tests on Linux");
        Assert.Contains("MEDBENCH_CACHE", Assert.Throws<MedBenchException>(() => ImageDataset.OpenFile(path, NpzFixture.Grey, cache)).Fix);
    }

    [Fact]
    public void OpenFile_CacheDamaged_SaysWhatToDelete()
    {
        string path = NpzFixture.Write(_folder.File("a.npz")), cache = _folder.File("cache");
        ImageDataset.OpenFile(path, NpzFixture.Grey, cache).Dispose();
        string arrays = Assert.Single(Directory.GetDirectories(Path.Combine(cache, "arrays")));
        using (var stream = File.OpenWrite(Path.Combine(arrays, "train_images.u8")))
            stream.SetLength(7);
        Assert.Contains($"delete the folder {arrays}", Assert.Throws<MedBenchException>(() => ImageDataset.OpenFile(path, NpzFixture.Grey, cache)).Fix);
    }

    [Fact]
    public void OpenFile_LabelsZeroedInTheCache_IsAnErrorAndNotAnotherScore()
    {
        string path = NpzFixture.Write(_folder.File("a.npz")), cache = _folder.File("cache");
        ImageDataset.OpenFile(path, NpzFixture.Grey, cache).Dispose();
        string labels = Directory.GetFiles(cache, "test_labels.u8", SearchOption.AllDirectories).Single();
        using (var stream = File.OpenWrite(labels)) stream.Write(new byte[stream.Length]);

        var error = Assert.Throws<MedBenchException>(() => ImageDataset.OpenFile(path, NpzFixture.Grey, cache));

        Assert.Contains("does not have the checksum", error.Message);
        Assert.Contains("delete the folder", error.Fix);
    }

    [Fact]
    public void OpenFile_ArraysOfAnotherFileInTheCache_IsAnError()
    {
        string cache = _folder.File("cache"), path = NpzFixture.Write(_folder.File("a.npz"));
        ImageDataset.OpenFile(path, NpzFixture.Grey, cache).Dispose();
        string own = Assert.Single(Directory.GetDirectories(Path.Combine(cache, "arrays")));
        ImageDataset.OpenFile(NpzFixture.Rewrite(_folder.File("b.npz"), (_, bytes) => bytes), NpzFixture.Grey, cache).Dispose();
        string other = Directory.GetDirectories(Path.Combine(cache, "arrays")).Single(f => f != own);
        Directory.Delete(own, recursive: true);
        Directory.Move(other, own);

        Assert.Contains("they are of the file with the MD5", Assert.Throws<MedBenchException>(() => ImageDataset.OpenFile(path, NpzFixture.Grey, cache)).Message);
    }

    [Fact]
    public void OpenFile_LargeFile_NeedsLittleManagedMemory()
    {
        const int Count = 6000, Side = 224;
        string path = NpzFixture.Write(_folder.File("large.npz"), (npz, key) =>
        {
            if (!key.StartsWith("train", StringComparison.Ordinal))
                return false;
            bool labels = key.EndsWith("labels", StringComparison.Ordinal);
            var row = new byte[labels ? 1 : Side * Side];
            npz.Add(key, "|u1", labels ? [Count, 1] : [Count, Side, Side], s =>
            {
                for (int i = 0; i < Count; i++)
                    s.Write(row);
            });
            return true;
        });
        Assert.True(new FileInfo(path).Length > 300_000_000);

        // The other splits are 4x4 px, so the file is refused in the end: after all of it was unpacked and mapped.
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<MedBenchException>(() => ImageDataset.OpenFile(path, NpzFixture.Grey, _folder.File("cache")));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains("different sizes", error.Message);
        Assert.InRange(allocated, 0, 4_000_000);
        Assert.Equal(Count * Side * Side, new FileInfo(Directory.GetFiles(_folder.File("cache"), "train_images.u8", SearchOption.AllDirectories).Single()).Length);
    }

    private byte[] Whole(bool deflated, out byte[] content)
    {
        string path = deflated ? NpzFixture.Rewrite(_folder.File("a.npz"), (_, bytes) => bytes) : NpzFixture.Write(_folder.File("a.npz"));
        using var dataset = ImageDataset.OpenFile(path, NpzFixture.Grey, _folder.File("cache"));
        content = NpzFixture.Content(dataset);
        return File.ReadAllBytes(path);
    }

    private void AssertPlainFailureOrSame(byte[] damaged, byte[] content)
    {
        string path = _folder.File("damaged.npz");
        using (var stream = File.Create(path))
            stream.Write(damaged);
        try
        {
            using var dataset = ImageDataset.OpenFile(path, NpzFixture.Grey, _folder.File("cache"));
            Assert.Equal(content, NpzFixture.Content(dataset));
        }
        catch (MedBenchException e)
        {
            Assert.Contains("damaged.npz", e.Message);
        }
    }
}

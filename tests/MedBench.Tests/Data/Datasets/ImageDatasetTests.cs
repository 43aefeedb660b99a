using System.Buffers.Binary;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Data.Npz;
using MedBench.Tests.Data.Npz;

namespace MedBench.Tests.Data.Datasets;

public sealed class ImageDatasetTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenFile_SmallFile_GivesImagesAndLabels()
    {
        using var dataset = Open(NpzFixture.Write(_folder.File("a.npz")));
        Assert.Equal((5, 3, 4), (dataset.Train.Count, dataset.Validation.Count, dataset.Test.Count));
        Assert.Equal((4, 4, 1, 1), (dataset.Train.Height, dataset.Train.Width, dataset.Train.Channels, dataset.Train.LabelWidth));
        Assert.Equal(NpzFixture.Pixels("val", 3)[32..48], dataset.Validation.Image(2).ToArray());
        Assert.Equal([0, 1, 0, 1, 0], Enumerable.Range(0, 5).Select(dataset.Train.ClassOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Train.Image(5).Length);
    }

    [Fact]
    public void OpenFile_SecondTime_ReadsTheCacheEvenAfterTheArraysAreGoneFromTheFile()
    {
        string path = NpzFixture.Write(_folder.File("a.npz"));
        byte[] first, second;
        using (var dataset = Open(path))
            first = NpzFixture.Content(dataset);
        string arrays = Assert.Single(Directory.GetDirectories(_folder.File("cache/arrays")));
        var written = File.GetLastWriteTimeUtc(Path.Combine(arrays, "train_images.u8"));
        using (var dataset = Open(path))
            second = NpzFixture.Content(dataset);
        Assert.Equal(first, second);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(arrays, "train_images.u8")));
    }

    [Theory]
    [InlineData("|i1", 1, false)]
    [InlineData("|b1", 1, false)]
    [InlineData("<u2", 2, false)]
    [InlineData("<i4", 4, false)]
    [InlineData("<i8", 8, false)]
    [InlineData(">i8", 8, true)]
    [InlineData(">u4", 4, true)]
    public void OpenFile_LabelsOfOtherIntegerTypes_AreTheSame(string type, int itemSize, bool bigEndian)
    {
        string path = NpzFixture.Write(_folder.File("a.npz"), (npz, key) => key == "train_labels" && Add(npz, key, type, itemSize, bigEndian, 1, 0, 1, 1, 0));
        using var dataset = Open(path);
        Assert.Equal([1, 0, 1, 1, 0], Enumerable.Range(0, 5).Select(dataset.Train.ClassOf));
    }

    [Fact]
    public void OpenFile_FortranOrder_IsTransposed()
    {
        byte[] c = NpzFixture.Pixels("train", 5);
        byte[] fortran = [.. Enumerable.Range(0, c.Length).Select(i => c[i % 5 * 16 + i / 5 % 4 * 4 + i / 20])];
        string path = NpzFixture.Write(_folder.File("a.npz"), (npz, key) =>
        {
            if (key != "train_images")
                return false;
            npz.Add(key, "|u1", [5, 4, 4], s => s.Write(fortran), fortranOrder: true);
            return true;
        });
        using var dataset = Open(path);
        Assert.Equal(c[16..32], dataset.Train.Image(1).ToArray());
        Assert.Single(Directory.GetDirectories(_folder.File("cache/arrays")));
        Assert.Empty(Directory.GetFiles(_folder.File("cache/arrays"), "*.fortran", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void OpenFile_NewerHeaderVersions_AreRead(byte version)
    {
        string path = NpzFixture.Rewrite(_folder.File("a.npz"), (_, bytes) =>
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
            return [.. bytes[..6], version, 0, (byte)length, (byte)(length >> 8), 0, 0, .. bytes[10..]];
        });
        using var dataset = Open(path);
        Assert.Equal(NpzFixture.Pixels("test", 4)[..16], dataset.Test.Image(0).ToArray());
    }

    [Fact]
    public void OpenFile_MultiLabel_GivesAllFindings()
    {
        string path = NpzFixture.Write(_folder.File("a.npz"), (npz, key) =>
        {
            int count = key switch { "train_labels" => 5, "val_labels" => 3, "test_labels" => 4, _ => 0 };
            if (count > 0)
                npz.Add(key, "|u1", [count, 3], s => s.Write([.. Enumerable.Range(0, count * 3).Select(i => (byte)(i % 3 == 0 ? 0 : 1))]));
            return count > 0;
        });
        using var dataset = Open(path, NpzFixture.Findings);
        Assert.Equal([0, 1, 1], dataset.Train.Label(4).ToArray());
        Assert.Throws<InvalidOperationException>(() => dataset.Train.ClassOf(0));
        Assert.Equal([("a", 0), ("b", 5), ("c", 5)], DatasetInspector.CountLabels(dataset).Select(c => (c.Label, c.Images.Train)));
    }

    public static TheoryData<string, string, string> BrokenHeaders() => new()
    {
        { "'descr': '|u1'", "'descr': '<f4'", "integer array" },
        { "'descr': '|u1'", "'descr': '|O' ", "integer array" },
        { "(5, 4, 4)", "(5, 4, 5)", "promises" },
        { "(5, 4, 4)", "(5,4 4), ", "integer array" },
        { "(5, 4, 4)", "(0, 4, 4)", "promises" },
        { "(5, 4, 4), }     ", "(99999999999,), }", "exceeds" },
        { "NUMPY", "NUMPI", "magic" },
        { "NUMPY\x01", "NUMPY\x04", "version" },
    };

    [Theory]
    [MemberData(nameof(BrokenHeaders))]
    public void OpenFile_BrokenHeader_NamesFileKeyAndReason(string from, string to, string reason)
    {
        string path = NpzFixture.Rewrite(_folder.File("a.npz"), (name, bytes) =>
            name == "train_images.npy" ? Replace(bytes, from, to) : bytes);
        AssertFails(path, "a.npz", "train_images", reason);
    }

    [Fact]
    public void OpenFile_MissingArray_NamesIt() =>
        AssertFails(NpzFixture.Rewrite(_folder.File("a.npz"), (name, bytes) => name == "val_labels.npy" ? null : bytes), "a.npz", "val_labels", "it has: train_images.npy");

    [Fact]
    public void OpenFile_NoZip_SaysSo() =>
        AssertFails(Save("a.npz", "<html>503 Service Unavailable</html>"u8.ToArray()), "a.npz", "not a readable .npz");

    [Fact]
    public void OpenFile_Absent_SaysSo() => AssertFails(_folder.File("none.npz"), "none.npz", "cannot read");

    [Theory]
    [InlineData(2L, "label 2 at row 3")]
    [InlineData(-1L, "element 3 is -1")]
    [InlineData(256L, "element 3 is 256")]
    public void OpenFile_LabelOutOfRange_NamesTheRow(long value, string reason)
    {
        string path = NpzFixture.Write(_folder.File("a.npz"), (npz, key) => key == "train_labels" && Add(npz, key, "<i8", 8, false, 0, 1, 0, value, 0));
        AssertFails(path, "a.npz", "train_labels", reason);
    }

    [Theory]
    [InlineData(new[] { 5 }, "(5) instead of (5, 1)")]
    [InlineData(new[] { 1, 5 }, "(1, 5) instead of (5, 1)")]
    public void OpenFile_LabelsOfWrongShape_SaysWhichShape(int[] shape, string reason)
    {
        string path = NpzFixture.Write(_folder.File("a.npz"), (npz, key) =>
        {
            if (key != "train_labels")
                return false;
            npz.Add(key, "|u1", shape, s => s.Write(new byte[5]));
            return true;
        });
        AssertFails(path, "a.npz", "train_labels", reason);
    }

    [Fact]
    public void OpenFile_WrongChannels_SaysSo()
    {
        var error = Assert.Throws<MedBenchException>(() => Open(NpzFixture.Write(_folder.File("a.npz")), NpzFixture.Grey with { Channels = 3 }));
        Assert.Contains("shape (5, 4, 4); tiny has 3 channel(s)", error.Message);
    }

    [Fact]
    public void Open_FileAbsent_GivesUrlMd5AndFolderInFourSteps()
    {
        var card = DatasetCatalog.Get("dermamnist");
        var error = Assert.Throws<MedBenchException>(() => ImageDataset.Open(card, 224, _folder.Path, cache: _folder.File("cache")));
        Assert.Contains("dermamnist_224.npz does not exist", error.Message);
        foreach (string part in new[] { "1. download https://zenodo.org/records/10519652/files/dermamnist_224.npz?download=1", "2. ", "8974907d8e169bef5f5b96bc506ae45d", "3. ", _folder.Path, "MEDMNIST_ROOT", "4. " })
            Assert.Contains(part, error.Fix);
    }

    [Fact]
    public void Open_WrongChecksum_IsRefusedUnlessAllowed()
    {
        string path = NpzFixture.Write(_folder.File("tiny.npz"));
        var card = NpzFixture.Grey with { Files = new Dictionary<int, DatasetFile> { [4] = new("tiny.npz", new string('0', 32), "https://example.org/tiny.npz") } };
        var error = Assert.Throws<MedBenchException>(() => ImageDataset.Open(card, 4, _folder.Path, cache: _folder.File("cache")));
        Assert.Contains("has MD5", error.Message);
        using var dataset = ImageDataset.Open(card, 4, _folder.Path, verifyChecksum: false, _folder.File("cache"));
        Assert.NotEqual(card.File(4).Md5, dataset.Md5);
        card = card with { Splits = new SplitCounts(6, 3, 4) };
        Assert.Contains("does not hold 6 + 3 + 4", Assert.Throws<MedBenchException>(() => ImageDataset.Open(card, 4, _folder.Path, verifyChecksum: false, _folder.File("cache"))).Message);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Open_UnknownSize_ListsSizes() =>
        Assert.Contains("28, 64, 128, 224", Assert.Throws<MedBenchException>(() => ImageDataset.Open(DatasetCatalog.Get("pathmnist"), 32, _folder.Path)).Fix);

    [Fact]
    public void Image_AfterDispose_ThrowsInsteadOfCrashing()
    {
        var dataset = Open(NpzFixture.Write(_folder.File("a.npz")));
        dataset.Dispose();
        Assert.Throws<ObjectDisposedException>(() => dataset.Train.Image(0).Length);
    }

    private ImageDataset Open(string path, DatasetCard? card = null) => ImageDataset.OpenFile(path, card ?? NpzFixture.Grey, _folder.File("cache"));

    private void AssertFails(string path, params string[] parts)
    {
        var error = Assert.Throws<MedBenchException>(() => Open(path));
        Assert.All(parts, part => Assert.Contains(part, error.Message));
        Assert.NotEmpty(error.Fix);
        string arrays = _folder.File("cache/arrays");
        Assert.All(Directory.Exists(arrays) ? Directory.GetDirectories(arrays) : [], left => Assert.DoesNotContain(".tmp", left));
    }

    private string Save(string name, byte[] bytes)
    {
        using var stream = File.Create(_folder.File(name));
        stream.Write(bytes);
        return _folder.File(name);
    }

    private static byte[] Replace(byte[] bytes, string from, string to)
    {
        string text = Encoding.Latin1.GetString(bytes);
        Assert.Contains(from, text);
        return Encoding.Latin1.GetBytes(text.Replace(from, to));
    }

    private static bool Add(NpzWriter npz, string key, string type, int itemSize, bool bigEndian, params long[] values)
    {
        npz.Add(key, type, [values.Length, 1], s =>
        {
            foreach (long value in values)
            {
                byte[] bytes = BitConverter.GetBytes(value)[..itemSize];
                s.Write(bigEndian ? [.. Enumerable.Reverse(bytes)] : bytes);
            }
        });
        return true;
    }
}

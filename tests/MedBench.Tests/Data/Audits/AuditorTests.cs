using MedBench.Core.Text;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Data.Npz;
using MedBench.Data.Randomness;

namespace MedBench.Tests.Data.Audits;

public sealed class AuditorTests : IDisposable
{
    private const int Side = 32, Train = 200, Validation = 40, Test = 80;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_OnPlantedTwins_MissesTheMovedOneAndTakesOneOfTenMixtures()
    {
        var planted = new List<(ImageRef, ImageRef, PairKind)>();
        var images = Images();
        // Equal, turned (each of the seven ways), brighter, weaker in contrast, noisy, moved by a pixel.
        Plant(0, PairKind.Exact, i => i);
        Plant(1, PairKind.Exact, i => i);
        for (int way = 1; way < 8; way++) Plant(1 + way, PairKind.Turned, i => Turn(i, way));
        Plant(10, PairKind.Twin, i => Each(i, v => v + 40));
        Plant(11, PairKind.Twin, i => Each(i, v => v / 2 + 30));
        Plant(12, PairKind.Twin, i => Noisy(i, 12, 6));
        Plant(13, PairKind.Twin, i => Each(Noisy(i, 13, 4), v => v * 3 / 4 + 20));
        Plant(14, PairKind.Twin, Moved);
        // Hard negatives: the coarse layout of another image with other details, and the details of one with another layout.
        for (int i = 0; i < 10; i++) images[Split.Test][40 + i] = Mix(images[Split.Train][100 + i], images[Split.Train][120 + i], 0.5);

        var audit = Audit(images);

        var found = audit.Pairs.Select(p => (p.First, p.Second, p.Kind)).ToHashSet();
        // Recall 13 of 14: a shift of one pixel of 32 is half a pixel of the coarse measure, which does not shift. Precision 13 of 14: of ten half-and-half
        // mixtures of two images, one is so much like the one that it passes both measures.
        Assert.Equal([(new ImageRef(Split.Train, 14), new ImageRef(Split.Test, 14), PairKind.Twin)], planted.Except(found));
        Assert.Equal([(new ImageRef(Split.Train, 126), new ImageRef(Split.Test, 46), PairKind.Twin)], found.Except(planted));
        Assert.Equal((2, 7), (audit.ExactGroups, audit.TurnedGroups));
        Assert.Equal(0, audit.Null.Twins);

        void Plant(int index, PairKind kind, Func<byte[], byte[]> change)
        {
            images[Split.Test][index] = change(images[Split.Train][index]);
            planted.Add((new ImageRef(Split.Train, index), new ImageRef(Split.Test, index), kind));
        }
    }

    [Fact]
    public void Run_OnLabelConflicts_CountsAndNamesThem()
    {
        var images = Images();
        images[Split.Test][3] = images[Split.Train][3];
        images[Split.Validation][4] = images[Split.Test][5] = images[Split.Train][4];

        // Labels alternate: 3 and 3 are equal, 4 and 5 are not.
        var audit = Audit(images);

        Assert.Equal((2, 1, 2, 1), (audit.ExactGroups, audit.ExactLabelConflicts, audit.TwinGroups, audit.TwinLabelConflicts));
        Assert.Equal((2, 1), (audit.TestImagesWithTwinInTraining, audit.TestImagesWithTwinInValidation));
        Assert.Equal([3, 5], audit.WithTwinIn(Split.Test, Split.Train));
        Assert.Equal([5], audit.InConflict(Split.Test));
        Assert.Equal(["train/4", "val/4", "test/5"], audit.Groups.Single(g => g.Conflict).Images.Select(i => $"{i}"));
        Assert.Equal([0, 2], audit.Classes.Select(c => c.WithTwinInTraining));
    }

    [Fact]
    public void Run_OnImagesThatShareTheirLayout_FindsNothing()
    {
        // As fundus photographs do: a raw correlation above 0.9 between any two.
        byte[] layout = Smooth(4242, 4);
        var images = Images();
        foreach (var split in images.Values)
            for (int i = 0; i < split.Length; i++) split[i] = Mix(layout, split[i], 0.85);

        Assert.Empty(Audit(images).Pairs);
    }

    [Fact]
    public void Run_OnImagesWithoutContent_CallsThemEqualOnly()
    {
        var images = Images();
        for (int i = 0; i < 5; i++) images[Split.Test][i] = new byte[Side * Side];
        for (int i = 5; i < 9; i++) images[Split.Test][i] = [.. Enumerable.Repeat((byte)200, Side * Side)];

        var audit = Audit(images);

        Assert.Equal((2, 2), (audit.ExactGroups, audit.TwinGroups));
        Assert.All(audit.Pairs, p => Assert.Equal(PairKind.Exact, p.Kind));
    }

    [Fact]
    public void Audit_WrittenAndRead_IsTheSame()
    {
        var images = Images();
        images[Split.Test][3] = Noisy(images[Split.Train][3], 1, 5);
        var audit = Audit(images);

        string path = AuditCatalog.Write(_folder.Path, audit);

        Assert.Equal("tiny_32.json", Path.GetFileName(path));
        Assert.Equal(StrictJson.Write(audit), StrictJson.Write(StrictJson.Read<DatasetAudit>(File.ReadAllBytes(path), path)));
    }

    [Theory]
    [InlineData("test")]
    [InlineData("test/-1")]
    [InlineData("proof/1")]
    public void ImageRef_OfOtherText_IsAnError(string text) => Assert.Throws<FormatException>(() => ImageRef.Parse(text));

    [SkippableTheory]
    [InlineData("breastmnist", 28, 1, 1, 58)]
    [InlineData("pneumoniamnist", 28, 27, 0, 0)]
    public void Run_OnRealFiles_FindsWhatIsOnRecord(string name, int size, int exact, int conflicts, int leaked)
    {
        var card = DatasetCatalog.Get(name);
        Skip.IfNot(ImageDataset.IsPresent(card, size), $"get the file: medbench data get {name} --size {size}");
        using var dataset = ImageDataset.Open(card, size);

        var audit = Auditor.Run(dataset);

        Assert.Equal((exact, conflicts, leaked), (audit.ExactGroups, audit.ExactLabelConflicts, audit.TestImagesWithTwinInTraining));
        string kept = Path.Combine(Repository.Root, AuditCatalog.Folder, $"{name}_{size}.json");
        var onRecord = StrictJson.Read<DatasetAudit>(File.ReadAllBytes(kept), kept);
        Assert.Equal(onRecord.Groups.SelectMany(g => g.Images), audit.Groups.SelectMany(g => g.Images));
    }

    [Fact]
    public void SecondLook_OnAPairThatTheScreenMisses_HasIt_AndCountsWhatIsKnownAndWhatIsChance()
    {
        var images = Images();
        images[Split.Test][3] = Noisy(images[Split.Train][3], 1, 5);
        images[Split.Test][5] = images[Split.Train][5];
        // Half a pixel of the coarse measure: see Run_OnPlantedTwins.
        images[Split.Test][14] = Moved(images[Split.Train][14]);
        using var dataset = Open(images);
        var audit = Auditor.Run(dataset);
        var looked = SecondLook.Images(audit).ToList();
        Assert.DoesNotContain(new ImageRef(Split.Test, 5), looked);
        Assert.Equal(Train + Validation + Test - 1, looked.Count);
        int At(Split split, int index) => looked.IndexOf(new ImageRef(split, index));

        var look = SecondLook.Of(dataset, audit, "an-encoder", 1, [(At(Split.Train, 3), At(Split.Test, 3), 0.9), (At(Split.Train, 14), At(Split.Test, 14), 0.8), (At(Split.Train, 7), At(Split.Test, 8), 0.99)]);

        Assert.Equal((3, 2, 1, 0, 1), (look.Looked, look.Alike, look.Known, look.AlikeMirrored, look.TestImagesBesides));
        var fresh = Assert.Single(look.New);
        Assert.Equal((new ImageRef(Split.Train, 14), new ImageRef(Split.Test, 14), 0.8, false), (fresh.First, fresh.Second, fresh.Cosine, fresh.Conflict));
        Assert.InRange(fresh.Detail, audit.Rules.Detail, 1);
    }

    [Fact]
    public void SecondLook_OnImagesLikeTheirMirrorImages_SaysThatItMayBeChance()
    {
        var images = Images();
        byte[] symmetric = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(128 + 100 * Math.Sin(0.9 * Math.Abs(i % Side - (Side - 1) / 2.0)) * Math.Cos(0.5 * (i / Side))))];
        images[Split.Train][0] = symmetric;
        images[Split.Test][0] = Each(symmetric, v => v / 2 + 20);
        using var dataset = Open(images);
        var audit = Auditor.Run(dataset);
        Assert.Equal(1, SecondLook.Of(dataset, audit, "an-encoder", 1, [(0, Train + Validation, 0.9)]).AlikeMirrored);
    }

    private DatasetAudit Audit(Dictionary<Split, byte[][]> images)
    {
        using var dataset = Open(images);
        return Auditor.Run(dataset);
    }

    private ImageDataset Open(Dictionary<Split, byte[][]> images)
    {
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.npz");
        using (var stream = File.Create(path))
        using (var npz = new NpzWriter(stream))
            foreach (var (split, prefix) in ImageDataset.Prefixes)
            {
                npz.Add($"{prefix}_images", "|u1", [images[split].Length, Side, Side], s => Array.ForEach(images[split], i => s.Write(i)));
                npz.Add($"{prefix}_labels", "|u1", [images[split].Length, 1], s => s.Write([.. Enumerable.Range(0, images[split].Length).Select(i => (byte)(i % 2))]));
            }
        return ImageDataset.OpenFile(path, Npz.NpzFixture.Grey, _folder.Path);
    }

    private static Dictionary<Split, byte[][]> Images() => new()
    {
        [Split.Train] = [.. Enumerable.Range(0, Train).Select(i => Smooth(i, 5))],
        [Split.Validation] = [.. Enumerable.Range(0, Validation).Select(i => Smooth(10_000 + i, 5))],
        [Split.Test] = [.. Enumerable.Range(0, Test).Select(i => Smooth(20_000 + i, 5))],
    };

    // Sums of waves of several lengths: coarse and fine content, as photographs have.
    private static byte[] Smooth(int seed, int waves)
    {
        var random = SplitMix64.From(seed);
        double[][] parts = [.. Enumerable.Range(0, 4 * waves).Select(w =>
            (double[])[2 * Math.PI * random.Next(1000) / 1000, (random.Next(2001) - 1000) / 1000.0 * (1 + w / 4), (random.Next(2001) - 1000) / 1000.0 * (1 + w / 4), 1.0 / (1 + w / 4)])];
        return [.. Enumerable.Range(0, Side * Side).Select(at =>
        {
            double x = 2 * Math.PI * (at % Side) / Side, y = 2 * Math.PI * (at / Side) / Side;
            return (byte)Math.Clamp(120 + 30 * parts.Sum(p => p[3] * Math.Sin(p[0] + p[1] * x + p[2] * y)), 0, 255);
        })];
    }

    private static byte[] Each(byte[] image, Func<int, int> change) => Array.ConvertAll(image, v => (byte)Math.Clamp(change(v), 0, 255));

    private static byte[] Noisy(byte[] image, int seed, int amount)
    {
        var random = SplitMix64.From(seed, amount);
        return Array.ConvertAll(image, v => (byte)Math.Clamp(v + random.Next(2 * amount + 1) - amount, 0, 255));
    }

    private static byte[] Moved(byte[] image) => [.. Enumerable.Range(0, image.Length).Select(at => image[at / Side * Side + Math.Min(Side - 1, at % Side + 1)])];

    private static byte[] Mix(byte[] first, byte[] second, double share) => [.. first.Zip(second, (a, b) => (byte)(share * a + (1 - share) * b))];

    private static byte[] Turn(byte[] image, int way) => [.. Enumerable.Range(0, image.Length).Select(at =>
    {
        int y = at / Side, x = at % Side;
        if ((way & 4) != 0) (x, y) = (y, x);
        if ((way & 2) != 0) y = Side - 1 - y;
        if ((way & 1) != 0) x = Side - 1 - x;
        return image[y * Side + x];
    })];
}

using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Tests.Data.Npz;

namespace MedBench.Tests.Data.Datasets;

public sealed class SubsetsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FewShot_TakesTheFirstOfEachClassInClassOrder()
    {
        using var dataset = Grey();
        Assert.Equal([0, 2, 1, 3], Sources(Subsets.FewShot(dataset.Train, 2)));
        Assert.Equal([0, 2, 4, 1, 3], Sources(Subsets.FewShot(dataset.Train, 3)));
        Assert.Equal(dataset.Train.Image(2).ToArray(), Subsets.FewShot(dataset.Train, 2).Image(1).ToArray());
        Assert.Throws<MedBenchException>(() => Subsets.FewShot(dataset.Train, 0));
    }

    [Fact]
    public void FewShot_MultiLabel_DrawsAsNumPy()
    {
        using var dataset = Findings(10);
        // RandomState(1).choice(10, 1 * 3, replace=False)
        Assert.Equal([2, 9, 6], Sources(Subsets.FewShot(dataset.Train, 1, seed: 1)));
        Assert.Contains("at most 3", Assert.Throws<MedBenchException>(() => Subsets.FewShot(dataset.Train, 4)).Fix);
    }

    [Fact]
    public void Ratio_GrowsByAddingImages()
    {
        using var dataset = Findings(10);
        Assert.Equal([2], Sources(Subsets.Ratio(dataset.Train, 0.01, seed: 1)));
        Assert.Equal([2, 9, 6, 4], Sources(Subsets.Ratio(dataset.Train, 0.4, seed: 1)));
        Assert.Equal(Enumerable.Range(0, 10), Sources(Subsets.Ratio(dataset.Train, 1, seed: 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Ratio_OutOfRange_IsRefused(double ratio)
    {
        using var dataset = Grey();
        Assert.Throws<MedBenchException>(() => Subsets.Ratio(dataset.Train, ratio, 0));
    }

    [Fact]
    public void Without_KeepsTheOrder()
    {
        using var dataset = Grey();
        Assert.Equal([0, 2, 4], Sources(Subsets.Without(dataset.Train, [3, 1])));
    }

    [Fact]
    public void WithoutRandom_LeavesOutAsManyOfEachClass()
    {
        using var folder = new TestFolder();
        using var dataset = SyntheticDataset.Open(16, counts: new SplitCounts(80, 4, 4), cache: folder.Path);
        int[] removed = [.. Enumerable.Range(0, 80).Where(i => dataset.Train.ClassOf(i) is 1 or 2).Take(12)];
        var without = Subsets.Without(dataset.Train, removed);
        var controls = Enumerable.Range(0, 5).Select(draw => Subsets.WithoutRandom(dataset.Train, removed, draw)).ToList();

        Assert.All(controls, control => Assert.Equal(Classes(without), Classes(control)));
        Assert.All(controls, control => Assert.Equal(Sources(control).Order(), Sources(control)));
        Assert.Equal(5, controls.Select(c => string.Join(' ', Sources(c))).Distinct().Count());
        Assert.Equal(Sources(controls[3]), Sources(Subsets.WithoutRandom(dataset.Train, removed, 3)));

        static IEnumerable<int> Classes(ImageSplit split) => Enumerable.Range(0, split.Count).Select(split.ClassOf).Order();
    }

    [Fact]
    public void WithoutRandom_MultiLabel_CountsCombinationsOfFindings()
    {
        using var dataset = Findings(10);
        Assert.Equal(7, Subsets.WithoutRandom(dataset.Train, [0, 1, 2], draw: 1).Count);
    }

    [Fact]
    public void Subset_OfASubset_KeepsSourceIndices()
    {
        using var dataset = Grey();
        Assert.Equal([4, 1], Sources(dataset.Train.Subset([1, 3, 4]).Subset([2, 0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Train.Subset([5]));
    }

    private static IEnumerable<int> Sources(ImageSplit split) => Enumerable.Range(0, split.Count).Select(split.SourceIndex);

    private ImageDataset Grey() => ImageDataset.OpenFile(NpzFixture.Write(_folder.File("a.npz")), NpzFixture.Grey, _folder.File("cache"));

    private ImageDataset Findings(int count) => ImageDataset.OpenFile(NpzFixture.Write(_folder.File("b.npz"), (npz, key) =>
    {
        npz.Add(key, "|u1", key.EndsWith("labels", StringComparison.Ordinal) ? [count, 3] : [count, 1, 1],
            s => s.Write(new byte[key.EndsWith("labels", StringComparison.Ordinal) ? count * 3 : count]));
        return true;
    }), NpzFixture.Findings, _folder.File("cache"));
}

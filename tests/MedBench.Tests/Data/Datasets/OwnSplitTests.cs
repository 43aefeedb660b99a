using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Datasets;

public sealed class OwnSplitTests
{
    [Fact]
    public void Draw_AGroupAboveTheShare_IsPassedOverWhereOthersFit()
    {
        // Of 60 images of one class 12 are asked for: two groups of 5 fit, that of 30 does not.
        var images = Groups(30, 5, 5, 5, 5, 5, 5);
        for (int seed = 0; seed < 20; seed++) Assert.Equal(10, Drawn(images, 0.2, seed));
    }

    [Fact]
    public void Draw_NoGroupFits_TakesTheSmallest()
    {
        var images = Groups(30, 20, 10);
        for (int seed = 0; seed < 20; seed++) Assert.Equal(10, Drawn(images, 0.1, seed));
    }

    [Fact]
    public void Draw_TwoGroupsThatDoNotFit_LeavesBoth() => Assert.Empty(OwnSplit.Draw(Groups(10, 10), 0.2, 0));

    private static int Drawn((string Group, string Class)[] images, double share, int seed) =>
        OwnSplit.Draw(images, share, seed) is var drawn ? images.Count(i => drawn.Contains(i.Group)) : 0;

    private static (string Group, string Class)[] Groups(params int[] sizes) => [.. sizes.SelectMany((size, g) => Enumerable.Repeat(($"p{g}", "a"), size))];
}

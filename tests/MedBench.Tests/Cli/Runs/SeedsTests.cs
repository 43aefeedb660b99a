using MedBench.Cli.Runs;
using MedBench.Core.Errors;

namespace MedBench.Tests.Cli.Runs;

public sealed class SeedsTests
{
    [Theory]
    [InlineData("7", new[] { 7 })]
    [InlineData("0,1,2", new[] { 0, 1, 2 })]
    [InlineData("0-4", new[] { 0, 1, 2, 3, 4 })]
    [InlineData("3, 0-1, 3", new[] { 3, 0, 1 })]
    [InlineData("115149041", new[] { 115149041 })]
    public void Parse_ListsAndRanges_GivesEachSeedOnce(string text, int[] seeds) => Assert.Equal(seeds, Seeds.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1,,2")]
    [InlineData("2-1")]
    [InlineData("-1")]
    [InlineData("0-99999999")]
    [InlineData("99999999999")]
    public void Parse_AnythingElse_SaysHowToWriteThem(string text)
    {
        var error = Assert.Throws<MedBenchException>(() => Seeds.Parse(text));

        Assert.Contains("0-4", error.Fix, StringComparison.Ordinal);
    }
}

using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Runs.Experiments;

namespace MedBench.Tests.Runs.Experiments;

public sealed class CellFilterTests
{
    private static readonly IReadOnlyList<ExperimentCell> s_cells = [.. ExperimentCatalog.BuiltIn(PublishedResults.Load().Catalog).SelectMany(f => f.Cells)];

    [Fact]
    public void Accepts_AllConditions_WithPatternsAndAlternatives()
    {
        var found = Matching("paper=doerrich2025,dataset=breastmnist|retinamnist", "model=vit*,method=knn");
        Assert.Equal(2 * 4 * 3, found.Count);
        Assert.All(found, c => Assert.StartsWith("vit", c.Run.Model.Name, StringComparison.Ordinal));
        Assert.Empty(Matching("dataset=breast"));
        Assert.Equal(s_cells.Count, Matching().Count);
    }

    [Theory]
    [InlineData("dataset", "is not key=value")]
    [InlineData("dataset=", "is not key=value")]
    [InlineData("modle=x", "unknown filter key 'modle'")]
    public void Parse_Mistake_IsNamed(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<MedBenchException>(() => CellFilter.Parse([text])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("dataset=brestmnist", "unknown dataset of --filter 'brestmnist'", "did you mean 'breastmnist'?")]
    [InlineData("dataset=breastmnist|retinmnist", "unknown dataset of --filter 'retinmnist'", "did you mean 'retinamnist'?")]
    [InlineData("size=23", "unknown size of --filter '23'", "")]
    public void Check_ValueOfNoCell_IsNamedWithTheNearest(string text, string problem, string fix)
    {
        var error = Assert.Throws<MedBenchException>(() => CellFilter.Parse([text]).Check(s_cells));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Fix, StringComparison.Ordinal);
    }

    private static List<ExperimentCell> Matching(params string[] filter)
    {
        var parsed = CellFilter.Parse(filter);
        return [.. s_cells.Where(parsed.Accepts)];
    }
}

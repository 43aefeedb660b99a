using MedBench.Claims.Published;
using MedBench.Runs.Experiments;

namespace MedBench.Tests.Runs.Experiments;

public sealed class RecipePapersTests
{
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private static readonly RecipePapers s_papers = new(ExperimentCatalog.BuiltIn(s_published.Catalog));

    [Theory]
    [InlineData("wu2025-heads", "wu2025")]
    [InlineData("yang2023-enlarged", "yang2023")]
    [InlineData("wu2025", "wu2025")]
    [InlineData("demo", "demo")]
    [InlineData("mine", "mine")]
    public void Of_Recipe_IsThePaperOfItsExperiments(string recipe, string paper) => Assert.Equal(paper, s_papers.Of(recipe));

    [Fact]
    public void Of_RecipeOfOnePaperTriedForAnother_StaysItsOwn()
    {
        const string Text = "schema: 1\nversion: 1\npaper: wu2025\ntitle: t\nquestion: q\nsource: s\nrecipe: yang2023\ngrids:\n  - { tier: gpu, datasets: [breastmnist], models: [resnet18.cifar], methods: [from-scratch] }\n";
        var file = ExperimentFile.Parse(Text, "x.yaml", s_published.Catalog);

        Assert.Equal("yang2023", new RecipePapers([file, .. ExperimentCatalog.BuiltIn(s_published.Catalog)]).Of("yang2023"));
    }
}

using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Runs.Experiments;

namespace MedBench.Tests.Runs.Experiments;

public sealed class ExperimentFileTests
{
    private const string Head = "schema: 1\nversion: 1\npaper: wu2025\ntitle: t\nquestion: q\nsource: s\ngrids:\n";
    private static readonly PublishedResults s_published = PublishedResults.Load();

    [Fact]
    public void Grid_EveryCombination_IsACellWithTheRecipesOwnChoices()
    {
        var cells = Parse("""
              - tier: gpu
                datasets: [dermamnist, breastmnist]
                sizes: [28, 224]
                models: [vit_small_patch16_224.dino, resnet18.a1_in1k]
                methods: [end-to-end]
                encoder-lr: [1.0e-4, 1.0e-5]
                subsets: [all, 25%]
            """).Cells;

        Assert.Equal(2 * 2 * 2 * 2 * 2, cells.Count);
        Assert.Equal("wu2025/dermamnist/end-to-end/vit-small-patch16-224.dino/28/lr-1e-4", cells[0].Id);
        // 1e-5 is the recipe's rate for ViTs, 1e-4 that for CNNs.
        Assert.Contains(cells, c => c.Id == "wu2025/breastmnist/end-to-end/vit-small-patch16-224.dino/224");
        Assert.Contains(cells, c => c.Id == "wu2025/breastmnist/end-to-end/resnet18.a1-in1k/224/lr-1e-5-25pct");
        Assert.All(cells, c => Assert.Equal([0, 1, 2], c.Seeds));
    }

    // pecco2026 has numbers of a Swin, which this program does not build.
    [Fact]
    public void Grid_AllModelsOfAPaper_PassesOverThoseWithoutNetwork()
    {
        var file = ExperimentFile.Parse(Head.Replace("wu2025", "pecco2026", StringComparison.Ordinal) + "  - { tier: gpu, recipe: wu2025, datasets: [breastmnist], models: [all], methods: [end-to-end] }\n", "pecco2026/all.yaml", s_published.Catalog);

        Assert.Equal(["swin_tiny_patch4_window7_224.ms_in1k"], file.PassedOver);
        Assert.Equal(3, file.Cells.Count);
    }

    [Fact]
    public void Grid_CellInTwoGrids_IsRunOnceInTheLowestTierWithAllSeeds()
    {
        var cell = Assert.Single(Parse("""
              - { tier: full, datasets: [breastmnist], models: [resnet18.a1_in1k], methods: [linear-probing] }
              - { tier: cpu, datasets: [breastmnist], models: [resnet18.a1_in1k], methods: [linear-probing], seeds: [2, 7] }
            """).Cells);
        Assert.Equal(Tier.Cpu, cell.Tier);
        Assert.Equal([0, 1, 2, 7], cell.Seeds);
    }

    // Who may leave a seed out can choose a result.
    [Theory]
    [InlineData(new[] { 0, 1, 2 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 0, 1, 2, 3, 4 }, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(new[] { 0, 1, 2, 3, 5, 6 }, new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 0, 1, 3, 4 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new[] { 0, 1, 2, 3, 4, 5 })]
    public void Counted_SeedsBeyondTheList_OnlyWithoutAGap(int[] run, int[] counted) =>
        Assert.Equal(counted, MostSix().Counted(run));

    [Fact]
    public void WithSeeds_GapOrTooMany_IsRefused()
    {
        Assert.Equal([0, 1, 2, 3], MostSix().WithSeeds([0, 1, 2, 3]).Seeds);
        Assert.Contains("0-9", Assert.Throws<MedBenchException>(() => MostSix().WithSeeds([0, 2])).Fix, StringComparison.Ordinal);
        Assert.EndsWith("only 0, 1, 2, 3, 4, 5 count", Assert.Throws<MedBenchException>(() => MostSix().WithSeeds([0, 1, 2, 3, 4, 5, 6])).Message, StringComparison.Ordinal);
    }

    private static ExperimentCell MostSix() =>
        Assert.Single(Parse("  - { tier: cpu, datasets: [breastmnist], models: [resnet18.a1_in1k], methods: [linear-probing], most-seeds: 6 }\n").Cells);

    [Fact]
    public void Grid_GroupNames_StandForThePapersModelsAndAllDatasets()
    {
        var cells = Parse("  - { tier: full, datasets: [all], models: [cnn], methods: [linear-probing] }\n").Cells;
        Assert.Equal(12 * s_published.Models.Count(m => m is { Paper: "wu2025", Kind: "cnn" }), cells.Count);
    }

    [Fact]
    public void Merged_SeedsWithAGapBesideMostSeeds_AreRefused()
    {
        const string Grid = "  - { tier: cpu, datasets: [breastmnist], models: [resnet18.a1_in1k], methods: [linear-probing], ";
        Assert.Equal([0, 1, 2, 7], Assert.Single(Parse($"{Grid}seeds: [0, 1, 2] }}\n{Grid}seeds: [7] }}\n").Cells).Seeds);
        var error = Assert.Throws<MedBenchException>(() => Parse($"{Grid}seeds: [0, 1, 2], most-seeds: 5 }}\n{Grid}seeds: [7] }}\n"));
        Assert.Contains("most-seeds beside the seeds 0, 1, 2, 7, which several grids give", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - { tier: gpu, datasets: [brestmnist], models: [all], methods: [knn] }\n", "x.yaml:8:29: unknown dataset 'brestmnist'", "breastmnist")]
    [InlineData("  - tier: gpu\n    datasets: [breastmnist]\n    models:\n      - vgg16\n    methods: [knn]\n", "x.yaml:11:9: unknown model 'vgg16'", "vgg16.tv_in1k")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [knn] }\n", "x.yaml:8:60: unknown method of recipe wu2025 'knn'", "known")]
    [InlineData("  - { tier: gpu, datasets: [all], sizes: [28, 32], models: [all], methods: [linear-probing] }\n", "x.yaml:8:47: pathmnist has no published 32 px file", "28")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [end-to-end], encoder-lr: [0.1, 2] }\n", "x.yaml:8:91: a learning rate of 2", "give one from 1E-12 to 1")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [end-to-end, linear-probing], encoder-lr: [0.1] }\n", "x.yaml:8:101: linear-probing trains no encoder", "grid of their own")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [end-to-end], subsets: [half] }\n", "x.yaml:8:83: 'half' is not a part", "25%")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [end-to-end], recipe: wu2024 }\n", "x.yaml:8:81: unknown recipe 'wu2024'", "wu2025")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [end-to-end], seeds: [0, -1] }\n", "x.yaml:8:84: a seed of -1", "at least 0")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [end-to-end], most-seeds: 2 }\n", "x.yaml:8:85: most-seeds of 2", "from 3")]
    [InlineData("  - { tier: gpu, datasets: [all], models: [all], methods: [end-to-end], seeds: [1, 2], most-seeds: 9 }\n", "x.yaml:8:100: most-seeds beside the seeds 1, 2", "0, 1, 2")]
    [InlineData("  - { tier: 7, datasets: [all], models: [all], methods: [end-to-end] }\n", "x.yaml:8:13: '7' is none of demo, cpu, gpu, full", "schemas/experiment.schema.json")]
    [InlineData("  - tier: gpu\n    datasets:\n    models: [all]\n    methods: [end-to-end]\n", "x.yaml:9:5: grids[0].datasets is empty", "schemas/experiment.schema.json")]
    [InlineData("  - { tier: tpu, datasets: [all], models: [all], methods: [end-to-end] }\n", "x.yaml:8:", "schemas/experiment.schema.json")]
    [InlineData("  - { tier: gpu, dataset: [all], models: [all], methods: [end-to-end] }\n", "x.yaml:8:18: Property 'dataset' not found", "schemas/experiment.schema.json")]
    [InlineData("  - { tier: gpu, datasets: [], models: [all], methods: [end-to-end] }\n", "x.yaml:8:28: 'datasets' is empty", "at least one")]
    public void Parse_Mistake_IsNamedWithLineAndColumn(string grids, string problem, string fix)
    {
        var error = Assert.Throws<MedBenchException>(() => Parse(grids));
        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OtherSchemaOrPaper_IsRefused()
    {
        Assert.StartsWith("x.yaml:1:9: schema 2", Assert.Throws<MedBenchException>(() => ExperimentFile.Parse(Head.Replace("schema: 1", "schema: 2", StringComparison.Ordinal) + "  []\n", "x.yaml", s_published.Catalog)).Message, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml:3:8: unknown paper 'wu2024'", Assert.Throws<MedBenchException>(() => ExperimentFile.Parse(Head.Replace("wu2025", "wu2024", StringComparison.Ordinal) + "  []\n", "x.yaml", s_published.Catalog)).Message, StringComparison.Ordinal);
    }

    private static ExperimentFile Parse(string grids) => ExperimentFile.Parse(Head + grids, "x.yaml", s_published.Catalog);
}

using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting;
using MedBench.Tests.Reporting.Html;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.Tests.Training.Runs;

/// <summary>The arithmetic that a paper's code runs in, what is effectively used, and that both devices are the same cell.</summary>
public sealed class RecipePrecisionTests
{
    // wu2025's code turns cuDNN off for every seed; the others leave PyTorch as it is.
    [Theory]
    [InlineData("wu2025", Precision.Fp32Strict)]
    [InlineData("wu2025-heads", Precision.Fp32Strict)]
    [InlineData("wu2025-laptop", Precision.Fp32Strict)]
    [InlineData("doerrich2025", Precision.Tf32Convolutions)]
    [InlineData("yang2023", Precision.Tf32Convolutions)]
    [InlineData("yang2023-enlarged", Precision.Tf32Convolutions)]
    [InlineData("demo", Precision.Tf32Convolutions)]
    public void Recipe_OfAPaper_ComputesAsItsCode(string recipe, Precision onCuda) => Assert.Equal(onCuda, RecipeCatalog.Get(recipe).Precision);

    [Fact]
    public void Recipes_OfTheCatalog_AreAllInTheTableAbove() => Assert.Equal(
        RecipeCatalog.Names.Order(), typeof(RecipePrecisionTests).GetMethod(nameof(Recipe_OfAPaper_ComputesAsItsCode))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(d => (string)d.GetData(null!).Single()[0]).Order());

    [Theory]
    [InlineData(Precision.Fp32, DeviceType.CPU, "wu2025", Precision.Fp32)]
    [InlineData(Precision.Fp32, DeviceType.CUDA, "wu2025", Precision.Fp32Strict)]
    [InlineData(Precision.Fp32, DeviceType.CUDA, "doerrich2025", Precision.Tf32Convolutions)]
    [InlineData(Precision.Tf32, DeviceType.CUDA, "wu2025", Precision.Tf32)]
    [InlineData(Precision.BF16, DeviceType.CPU, "wu2025", Precision.BF16)]
    [InlineData(Precision.BF16, DeviceType.CUDA, "wu2025", Precision.BF16)]
    public void Effective_OfWhatIsAsked_DependsOnDeviceAndRecipe(Precision asked, DeviceType device, string recipe, Precision effective) =>
        Assert.Equal(effective, asked.Effective(device, RecipeCatalog.Get(recipe)));

    [Theory]
    [InlineData(Precision.Fp32Strict)]
    [InlineData(Precision.Tf32Convolutions)]
    [InlineData(Precision.Tf32)]
    public void Require_WhatOnlyCudaHas_IsRefusedOnACpu(Precision precision) => Assert.Throws<MedBenchException>(() => precision.Require(torch.CPU));

    [Fact]
    public void Parse_RecipeInBFloat16_IsRefused()
    {
        string yaml = System.Text.Encoding.UTF8.GetString(SmallYaml.Recipe("mine", "knn: { neighbours: 1, frozen-encoder: eval, batch-size: 4 }")).Replace("binary-outputs: 2", "binary-outputs: 2\nprecision: bf16");

        Assert.Contains("precision must be", Assert.Throws<MedBenchException>(() => RecipeCatalog.Parse(yaml, "mine.yaml")).Message);
    }

    [Fact]
    public void ProtocolHash_OfAnotherPrecision_IsTheSame()
    {
        var run = SampleRuns.Configuration("breastmnist", "resnet18.a1_in1k", "wu2025", "end-to-end", 28);

        Assert.Equal(run.ProtocolHash, (run with { Recipe = run.Recipe with { Precision = Precision.Tf32 } }).ProtocolHash);
    }

    [Fact]
    public void Runs_OfBothDevices_AreOneCellInTwoArithmetics()
    {
        var run = SampleRuns.Configuration();
        RunResult[] cpu = [.. new[] { 0, 1 }.Select(seed => SampleRuns.Result(run, seed, 0.86 + 0.01 * seed, 0.9))];
        var spec = cpu[0].Spec with { Precision = Precision.Tf32Convolutions };
        var cuda = cpu[0] with { Spec = spec, Id = spec.Id };
        var strict = spec with { Precision = Precision.Fp32Strict };
        var other = cuda with { Spec = strict, Id = strict.Id };
        var book = SampleReport.BookOf(new SampleRuns([cuda, .. cpu, other]));

        Assert.NotEqual(cpu[0].Id, cuda.Id);
        Assert.Equal(cpu.Select(r => r.Id), book.CellRunsOf(cpu[0]).Runs.Select(r => r.Result.Id));
        var apart = book.Judge(book.CellRunsOf(cuda)).First();
        Assert.Equal((Precision.Tf32Convolutions, cpu[0].Test(Metric.Acc)), (apart.Key.Variant.Precision, apart.Seeds.Single().Value));
        Assert.NotEqual(VerdictKind.Unpublished, apart.Verdict.Kind);
        // Not the paper's own arithmetic: no number is of it.
        Assert.Equal(VerdictKind.Unpublished, book.Judge(book.CellRunsOf(other)).First().Verdict.Kind);
        var declared = book.Experiments.SelectMany(e => e.Cells).First(c => c.IsOf(cpu[0].Spec));
        Assert.True(declared.IsOf(cuda.Spec));
        Assert.False(declared.IsOf(other.Spec));
    }

    [Fact]
    public void Runs_MostlyOfAGpu_AreTheCell_AndThoseOfACpuHaveANameOfTheirOwn()
    {
        var run = SampleRuns.Configuration();
        var cpu = SampleRuns.Result(run, 0, 0.86, 0.9);
        RunResult[] cuda = [.. new[] { 0, 1, 2 }.Select(seed => SampleRuns.Result(run, seed, 0.85, 0.9)).Select(r => r.Spec with { Precision = Precision.Tf32Convolutions }).Select(s => cpu with { Spec = s, Id = s.Id })];
        var book = SampleReport.BookOf(new SampleRuns([cpu, .. cuda]));

        var (plain, apart) = (book.Judge(book.CellRunsOf(cuda[0])).First(), book.Judge(book.CellRunsOf(cpu)).First());
        Assert.Equal((3, 1), (plain.Seeds.Count, apart.Seeds.Count));
        Assert.Equal(plain.Key.With(1), apart.Key);
        Assert.NotNull(new MedBench.Reporting.Building.ReportBuilder(book).Build([]));
    }
}

using MedBench.Claims.Runs;
using MedBench.Claims.Store;
using MedBench.Data.Datasets;
using MedBench.Data.Errors;
using MedBench.Models.Cards;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Runs;

public sealed class PrecisionsTests
{
    private static readonly RunConfiguration s_run = new(
        DatasetCatalog.Get("breastmnist"), 28, ModelCatalog.Get("resnet18.cifar"), RecipeCatalog.Get("yang2023"), "from-scratch");

    [Fact]
    public void Name_OfEveryPrecision_IsReadBack() =>
        Assert.All(Enum.GetValues<Precision>(), precision => Assert.Equal(precision, Precisions.Parse(precision.Name())));

    [Fact]
    public void Parse_Unknown_SuggestsTheNearest() =>
        Assert.Contains("bf16", Assert.Throws<MedBenchException>(() => Precisions.Parse("bf61")).Fix, StringComparison.Ordinal);

    [Theory]
    [InlineData(Precision.Tf32)]
    [InlineData(Precision.Fp32Strict)]
    public void Require_ASettingOfGpusOnACpu_IsOneClearError(Precision precision) =>
        Assert.Contains("CUDA", Assert.Throws<MedBenchException>(() => precision.Require(CPU)).Message, StringComparison.Ordinal);

    [Fact]
    public void Spec_HasThePrecision_AndFp32KeepsItsId()
    {
        var specs = Enum.GetValues<Precision>().ToDictionary(p => p, p => RunSpec.Of(s_run, "md5", "initialised", 0, p));
        Assert.Equal(RunSpec.Of(s_run, "md5", "initialised", 0).Id, specs[Precision.Fp32].Id);
        Assert.Equal("fp32", specs[Precision.Fp32].Precision);
        Assert.Equal(specs.Count, specs.Values.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public void CellKey_OfAnotherPrecision_IsNotThePapers()
    {
        Assert.Equal("", CellKeys.Of("yang2023", s_run, "initialised", "acc").Variant);
        Assert.Equal("bf16", CellKeys.Of("yang2023", s_run, "initialised", "acc", "bf16").Variant);
    }

    [Fact]
    public void Notes_SayWhatIsNotDeterministicOnCuda()
    {
        Assert.Empty(Precision.Fp32.Notes(CPU));
        Assert.Single(Precision.BF16.Notes(CPU));
        var cuda = new Device(TorchSharp.DeviceType.CUDA);
        Assert.Contains(Precision.Fp32.Notes(cuda), n => n.Contains("TF32 in convolutions and not in matrix products", StringComparison.Ordinal));
        Assert.All(Enum.GetValues<Precision>(), p => Assert.Contains(p.Notes(cuda), n => n.Contains("not bit for bit repeatable", StringComparison.Ordinal)));
    }
}

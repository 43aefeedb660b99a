using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Runs;

public sealed class PrecisionsTests
{
    private static readonly RunConfiguration s_run = new(
        DatasetCatalog.Get("breastmnist"), 28, ModelCatalog.Get("resnet18.cifar"), RecipeCatalog.Get("yang2023"), new MethodName(MethodName.FromScratch));

    [Fact]
    public void Name_OfEveryPrecision_IsReadBack() =>
        Assert.All(Enum.GetValues<Precision>(), precision => Assert.Equal(precision, Kebab.Parse<Precision>("precision", precision.Name())));

    [Fact]
    public void Parse_Unknown_SuggestsTheNearest() =>
        Assert.Contains("bf16", Assert.Throws<MedBenchException>(() => Kebab.Parse<Precision>("precision", "bf61")).Fix, StringComparison.Ordinal);

    [Theory]
    [InlineData(Precision.Tf32)]
    [InlineData(Precision.Fp32Strict)]
    public void Require_ASettingOfGpusOnACpu_IsOneClearError(Precision precision) =>
        Assert.Contains("CUDA", Assert.Throws<MedBenchException>(() => precision.Require(CPU)).Message, StringComparison.Ordinal);

    [Fact]
    public void Spec_HasThePrecision_AndFp32KeepsItsId()
    {
        var specs = Enum.GetValues<Precision>().ToDictionary(p => p, p => RunSpec.Of(s_run, "md5", WeightsId.Initialised, 0, p));
        Assert.Equal(RunSpec.Of(s_run, "md5", WeightsId.Initialised, 0).Id, specs[Precision.Fp32].Id);
        Assert.Contains("\"precision\":\"fp32\"", specs[Precision.Fp32].CanonicalJson());
        Assert.Equal(specs.Count, specs.Values.Select(s => s.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(Precision.Fp32, TorchSharp.DeviceType.CPU, "float32")]
    [InlineData(Precision.BF16, TorchSharp.DeviceType.CPU, "bf16")]
    [InlineData(Precision.Fp32, TorchSharp.DeviceType.CUDA, "float32 on cuda")]
    [InlineData(Precision.Tf32, TorchSharp.DeviceType.CUDA, "tf32 on cuda")]
    public void Arithmetic_OfCachedFeatures_NamesTheDeviceUnlessItIsTheCpu(Precision precision, TorchSharp.DeviceType device, string expected) =>
        Assert.Equal(expected, MethodRunner.Arithmetic(precision, device));

    [Theory]
    [InlineData("linear-probing", 1e-5, true)]
    [InlineData("end-to-end", 1e-4, true)] // the recipe's own
    [InlineData("end-to-end", 1e-5, false)]
    public void Spec_EncoderRateThatChangesNothing_HasTheSameId(string method, double rate, bool same)
    {
        var run = new RunConfiguration(DatasetCatalog.Get("breastmnist"), 224, ModelCatalog.Get("resnet18.a1_in1k"), RecipeCatalog.Get("wu2025"), MethodName.Parse(method));
        string Id(RunConfiguration of) => RunSpec.Of(of, "md5", WeightsId.Checkpoint(new string('1', 64)), 0).Id;
        Assert.Equal(same, Id(run) == Id(run with { EncoderRate = rate }));
    }

    [Fact]
    public void CellKey_OfAnotherPrecision_IsNotThePapers()
    {
        Assert.Equal("", CellKeys.Of("yang2023", s_run, WeightsId.Initialised, Metric.Acc).Variant.ToString());
        Assert.Equal("bf16", CellKeys.Of("yang2023", s_run, WeightsId.Initialised, Metric.Acc, Precision.BF16).Variant.ToString());
    }

    [Fact]
    public void Notes_SayWhatIsNotDeterministicOnCuda()
    {
        Assert.Empty(Precision.Fp32.Notes(CPU));
        Assert.Single(Precision.BF16.Notes(CPU));
        var cuda = new Device(TorchSharp.DeviceType.CUDA);
        Assert.Contains(Precision.Tf32Convolutions.Notes(cuda), n => n.Contains("TF32 in convolutions and not in matrix products", StringComparison.Ordinal));
        Assert.All(Enum.GetValues<Precision>(), p => Assert.Contains(p.Notes(cuda), n => n.Contains("not bit for bit repeatable", StringComparison.Ordinal)));
    }
}

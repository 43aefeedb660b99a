using MedBench.Core.Errors;
using MedBench.Data.Preprocessing;
using MedBench.Runs.Cells;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Runs.Cells;

public sealed class CellVariantTests
{
    [Theory]
    [InlineData("")]
    [InlineData("as-released")]
    [InlineData("enlarged-to-224")]
    [InlineData("lr-7e-5")]
    [InlineData("lr-1.23456789e-5")]
    [InlineData("50-shot")]
    [InlineData("12.5%")]
    [InlineData("twin-free")]
    [InlineData("as-released+twin-free-control-2")]
    [InlineData("pad-before-normalize")]
    [InlineData("scale")]
    [InlineData("initialised-weights")]
    [InlineData("unverified-weights")]
    [InlineData("fp32-strict")]
    [InlineData("last-epoch")]
    [InlineData("recipe-3f2a91bc+last-epoch")]
    [InlineData("as-released+recipe-3f2a91bc+lr-1e-5+25%+pad-after-normalize+formula-weights+bf16+alternative-2+last-epoch")]
    public void Parse_WhatIsWritten_IsWrittenAgain(string text) => Assert.Equal(text, CellVariant.Parse(text).ToString());

    [Fact]
    public void Parse_EveryPart_IsATypedFact() => Assert.Equal(
        new CellVariant("as-released", "3f2a91bc", 1e-5, TrainingSubset.Share(0.25), ResizeMode.PadAfterNormalize, WeightsId.Formula, false, Precision.BF16, 2, TestedWeights.LastEpoch),
        CellVariant.Parse("as-released+recipe-3f2a91bc+lr-1e-5+25%+pad-after-normalize+formula-weights+bf16+alternative-2+last-epoch"));

    [Theory]
    [InlineData("lr-fast", "'lr-fast' is not a learning rate")]
    [InlineData("lr-2", "'lr-2' is not a learning rate")]
    [InlineData("0%", "'0%' is not a part of the training images")]
    [InlineData("x-shot", "'x-shot' is not a part of the training images")]
    [InlineData("old-weights", "'old' are no start weights")]
    [InlineData("as-released+as-described", "'as-described' is not known")]
    [InlineData("As released", "'As released' is not known")]
    [InlineData("last-epoch+lr-1e-5", "this is not how it is written")]
    [InlineData("lr-0.00001", "this is not how it is written")]
    [InlineData("lr-1e-5+lr-1e-5", "this is not how it is written")]
    public void Parse_AnythingElse_IsAnErrorWithAFix(string text, string message)
    {
        var error = Assert.Throws<MedBenchException>(() => CellVariant.Parse(text));

        Assert.Equal($"variant '{text}': {message}", error.Message);
        Assert.NotEmpty(error.Fix);
    }
}

using MedBench.Core.Errors;
using MedBench.Models.Catalog;

namespace MedBench.Tests.Models;

public sealed class UntaggedNameTests
{
    [Theory]
    [InlineData("vit_base_patch16_224", "did you mean 'vit_base_patch16_224.augreg2_in21k_ft_in1k', timm's default?")]
    [InlineData("resnet18", "did you mean 'resnet18.a1_in1k', timm's default?")]
    [InlineData("densenet121", "did you mean 'densenet121.ra_in1k'?")]
    [InlineData("vit_base_patch16_223.dino", "did you mean 'vit_base_patch16_224.dino'?")]
    public void Get_UnknownName_SuggestsWhatItMeans(string name, string fix) =>
        Assert.StartsWith(fix, Assert.Throws<MedBenchException>(() => ModelCatalog.Get(name)).Fix, StringComparison.Ordinal);
}

using MedBench.Core.Text;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

public sealed class Wu2025HeadsTests
{
    private static readonly Recipe s_heads = RecipeCatalog.Get("wu2025-heads"), s_wu2025 = RecipeCatalog.Get("wu2025");

    [Theory]
    [InlineData("linear-probing/mlp")]
    [InlineData("linear-probing/attention-pool")]
    public void Method_IsWu2025sFrozenProbe_ButForTheHead(string method) => Assert.Equal(
        ContentHash.Of(s_wu2025.Methods["linear-probing/frozen-statistics"]),
        ContentHash.Of(s_heads.Methods[method] with { Head = null }));

    [Fact]
    public void Recipe_IsWu2025s_ButForItsMethods() => Assert.Equal(
        ContentHash.Of(s_wu2025 with { Methods = [] }),
        ContentHash.Of(s_heads with { Methods = [], Name = s_wu2025.Name, Title = s_wu2025.Title, Source = s_wu2025.Source }));

    [Fact]
    public void Heads_AreAsWritten()
    {
        Assert.Equal(new HeadRule { Kind = HeadKind.Mlp, Hidden = 512 }, s_heads.Methods["linear-probing/mlp"].Head);
        Assert.Equal(new HeadRule { Kind = HeadKind.AttentionPool, AttentionHeads = 8 }, s_heads.Methods["linear-probing/attention-pool"].Head);
        Assert.All(s_wu2025.Methods.Values, method => Assert.Null(method.Head));
    }
}

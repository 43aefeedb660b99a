using MedBench.Claims;
using MedBench.Claims.Claims;

namespace MedBench.Tests.Claims.Claims;

public sealed class ClaimPowerTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, ClaimPower>> s_powers = new(() =>
    {
        var book = Book.Open(Repository.File("expected-results"), experiments: Repository.File("experiments"));
        return book.Claims.Select(book.Power).ToDictionary(p => p.Claim);
    });

    [Fact]
    public void Power_OfEveryClaim_IsAsKept() =>
        Assert.True(File.ReadAllText(Repository.File("expected-results/power.csv")) == ClaimPower.Csv(s_powers.Value.Values), "it has changed; look at: medbench claims power --out expected-results/power.csv && git diff expected-results/power.csv");

    [Fact]
    public void Power_EveryClaim_CanBeDecided() => Assert.All(s_powers.Value.Values, p => Assert.True(p.CanBeDecided, $"{p.Claim}: {p.Reason}"));

    // rules-v2: under version 1, only 6 of 24 claims with a std could hold at zero gap; the mean gap can be decided everywhere.
    [Fact]
    public void Power_TablesOfDoerrich_AreAllDecidableAtZeroGap()
    {
        var tables = s_powers.Value.Values.Where(p => p.Claim.StartsWith("doerrich2025/table/", StringComparison.Ordinal) && !p.Claim.Contains("/knn/", StringComparison.Ordinal)).ToList();

        Assert.Equal(48, tables.Count);
        Assert.All(tables, p => Assert.True(p.AtZeroGap, p.Claim));
    }

    // docs/rules.md, with ten seeds instead of five: a printed mean of three runs whose std nobody printed.
    [Fact]
    public void Power_OneCellOfYang_SaysThatNoSeedsOfOursWouldDo()
    {
        var power = s_powers.Value["yang2023/table/best-auc/breastmnist/acc"];

        Assert.False(power.AtZeroGap);
        Assert.Null(power.SeedsNeeded);
        Assert.Equal(10, power.Seeds);
        Assert.True(power.Smallest > power.Margin);
    }
}

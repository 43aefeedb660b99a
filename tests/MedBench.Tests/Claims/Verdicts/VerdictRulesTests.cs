using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Runs.Cells;

namespace MedBench.Tests.Claims.Verdicts;

public sealed class VerdictRulesTests : IDisposable
{
    private const string Good = """
        {
          "rules": 3, "alpha": 0.05,
          "margins": { "acc": { "value": 0.02, "origin": "a sentence" }, "auc": { "value": 0.01, "origin": "another" } },
          "power": 0.8, "neighbourMove": 0.001, "minimumPairs": 6,
          "bootstrap": { "resamples": 1000, "seed": 1 }
        }
        """;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_Embedded_HasBothMarginsAndAHash()
    {
        var rules = VerdictRules.Load();

        Assert.Equal([Metric.Acc, Metric.Auc], rules.Margins.Keys.Order());
        Assert.Equal(64, rules.Hash.Length);
    }

    [Fact]
    public void Load_AnyChangeOfTheFile_ChangesTheHash()
    {
        string before = Load(Good).Hash;

        Assert.NotEqual(before, Load(Good + "\n").Hash);
        Assert.Equal(before, Load(Good).Hash);
    }

    [Theory]
    [InlineData("\"alpha\": 0.05", "\"alpha\": 0.7", "'alpha' is out of range")]
    [InlineData("\"alpha\": 0.05,", "", "alpha")]
    [InlineData("\"alpha\": 0.05", "\"alfa\": 0.05", "alfa")]
    [InlineData("\"alpha\": 0.05", "\"alpha\": \"small\"", "alpha")]
    [InlineData("\"alpha\": 0.05", "\"alpha\": 0.05, \"alpha\": 0.01", "alpha")]
    [InlineData("\"origin\": \"a sentence\"", "\"origin\": \"\"", "margins.acc.origin")]
    [InlineData(", \"origin\": \"a sentence\"", "", "origin")]
    [InlineData("\"neighbourMove\": 0.001", "\"neighbourMove\": 0.02", "neighbourMove")]
    [InlineData("\"minimumPairs\": 6", "\"minimumPairs\": 5", "minimumPairs")]
    public void Load_Malformed_NamesFileAndKey(string good, string bad, string key)
    {
        var error = Assert.Throws<MedBenchException>(() => Load(Good.Replace(good, bad)));

        Assert.StartsWith(_folder.Path + "/rules.json", error.Message);
        Assert.Contains(key, error.Message);
    }

    private VerdictRules Load(string text)
    {
        AtomicFile.WriteText(_folder.File("rules.json"), text);
        return VerdictRules.Load(_folder.Path);
    }
}

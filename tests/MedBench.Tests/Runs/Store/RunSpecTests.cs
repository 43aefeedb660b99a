using System.Reflection;
using System.Text.Json;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Runs.Store;

public sealed class RunSpecTests
{
    [Fact]
    public void CanonicalJson_AnySpec_HasSortedKeysAndNoSpaces()
    {
        string json = Samples.Spec(9930641).CanonicalJson();

        Assert.StartsWith("{\"dataset\":\"breastmnist\",\"datasetMd5\":", json);
        Assert.Contains("\"seed\":9930641,", json);
        Assert.DoesNotContain(' ', json);
        using var parsed = JsonDocument.Parse(json);
        string[] keys = [.. parsed.RootElement.EnumerateObject().Select(p => p.Name)];
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    // Checked with Python: sha256 of json.dumps(spec, sort_keys=True, separators=(",", ":")).
    [Fact]
    public void Id_SameSpec_NeverChanges() => Assert.Equal("2e42a0d3cdd86eef", Samples.Spec().Id);

    [Fact]
    public void Id_EveryMember_MattersToIt()
    {
        var spec = Samples.Spec();
        var members = typeof(RunSpec).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
        Assert.Equal(14, members.Count);
        Assert.All(members, member =>
        {
            var other = spec with { };
            member.SetValue(other, member.GetValue(other) switch
            {
                int i => i + 1,
                long l => l + 1,
                SubsetDraw => new SubsetDraw(TrainingSubset.FewShot(5)),
                WeightsId => WeightsId.Initialised,
                MethodName method => method with { Variant = "x" },
                Precision => Precision.BF16,
                var text => $"{text}x",
            });
            Assert.NotEqual(spec.Id, other.Id);
        });
    }
}

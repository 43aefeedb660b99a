using System.Text.Json.Nodes;
using MedBench.Claims;

namespace MedBench.Tests.Claims;

public sealed class SchemasTests
{
    public static TheoryData<string> Names => [.. Schemas.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_InTheRepository_IsThatOfTheCode(string name) =>
        Assert.True(File.ReadAllText(Repository.File($"schemas/{name}.schema.json")) == Schemas.All[name], $"schemas/{name}.schema.json is out of date; run: medbench schemas");

    [Fact]
    public void Experiment_KnowsItsKeysAndWhichAreRequired()
    {
        var schema = JsonNode.Parse(Schemas.All["experiment"])!;
        var grid = schema["properties"]!["grids"]!["items"]!;
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.Contains("question", schema["required"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(["demo", "cpu", "gpu", "full"], grid["properties"]!["tier"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.NotNull(grid["properties"]!["encoder-lr"]!["description"]);
        Assert.Contains("pad-after-normalize", grid["properties"]!["resize"]!.ToJsonString(), StringComparison.Ordinal);
    }
}

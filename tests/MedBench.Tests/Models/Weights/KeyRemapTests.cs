using MedBench.Core.Errors;
using MedBench.Models.Weights;

namespace MedBench.Tests.Models.Weights;

public sealed class KeyRemapTests
{
    private const string Rules = """[{"pattern":"^(?!visual\\.)","drop":true},{"prefix":"visual.trunk.","to":""},{"pattern":"\\.(\\d)\\.ln\\b","to":".$1.norm"},{"prefix":"q","to":"$1"}]""";

    [Theory]
    [InlineData("visual.trunk.cls_token", "cls_token")]
    [InlineData("visual.trunk.blocks.1.ln.weight", "blocks.1.norm.weight")]
    [InlineData("visual.head.proj", "visual.head.proj")]
    [InlineData("visual.trunk.qkv", "$1kv")]
    [InlineData("text.visual.trunk.x", null)]
    public void Apply_RulesInOrder_RenamesOrDrops(string key, string? expected) => Assert.Equal(expected, KeyRemap.Parse(Rules).Apply(key));

    [Fact]
    public void ToJson_ParsedRules_AreTheSameRules() => Assert.Equal(KeyRemap.Parse(Rules).Rules, KeyRemap.Parse(KeyRemap.Parse(Rules).ToJson()).Rules);

    [Theory]
    [InlineData("""[{"prefix":"a"}]""", "rename rule 1 is incomplete")]
    [InlineData("""[{"prefix":"a","to":"b"},{"to":"b"}]""", "rename rule 2 is incomplete")]
    [InlineData("""[{"prefix":"a","pattern":"b","to":"c"}]""", "rename rule 1 is incomplete")]
    [InlineData("""[{"prefix":"a","to":"c","drop":true}]""", "rename rule 1 is incomplete")]
    [InlineData("""[{"pattern":"(","drop":true}]""", "rename rule 1: Invalid pattern")]
    [InlineData("""[{"prefx":"a","to":"b"}]""", "rename rules: ")]
    [InlineData("{", "rename rules: ")]
    [InlineData("null", "rename rules: ")]
    [InlineData("[null]", "rename rule 1 is incomplete")]
    public void Parse_BadRules_SaysWhichOne(string json, string problem)
    {
        var e = Assert.Throws<MedBenchException>(() => KeyRemap.Parse(json));
        Assert.StartsWith(problem, e.Message, StringComparison.Ordinal);
    }
}

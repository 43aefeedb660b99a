using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Tests.Core.Text;

public sealed class StrictYamlTests
{
    private sealed record Document
    {
        public int Schema { get; init; }

        public int Whole { get; init; }

        public long Long { get; init; }

        public int? Maybe { get; init; }

        public double Number { get; init; }

        public float[] Numbers { get; init; } = [];

        public string Title { get; init; } = "";

        public object? Any { get; init; }

        public Document? Inner { get; init; }
    }

    [Theory]
    [InlineData("whole: 10", 10)]
    [InlineData("whole: '10'", 10)]
    [InlineData("whole: -3", -3)]
    [InlineData("whole: !!int 10", 10)]
    public void Read_PlainWholeNumber_IsThatNumber(string yaml, int value) => Assert.Equal(value, Read(yaml).Whole);

    [Theory]
    [InlineData("whole: 010")]
    [InlineData("whole: 0o10")]
    [InlineData("whole: 0x10")]
    [InlineData("whole: 1:30")]
    [InlineData("whole: 1_0")]
    [InlineData("whole: 1e3")]
    [InlineData("whole: 1.0")]
    [InlineData("whole: +1")]
    [InlineData("whole: 3000000000")]
    [InlineData("long: 010")]
    [InlineData("long: 99999999999999999999")]
    [InlineData("maybe: 010")]
    [InlineData("number: 1,5")]
    [InlineData("number: .inf")]
    [InlineData("number: .nan")]
    [InlineData("number: 010.5")]
    [InlineData("number: 1e999")]
    [InlineData("numbers: [0,5, 1_0]")]
    [InlineData("numbers: [0.5, 1e39]")]
    public void Read_AnotherNotation_IsRefusedWithItsPlace(string yaml)
    {
        var e = Assert.Throws<MedBenchException>(() => Read(yaml));
        Assert.Matches(@"^f\.yaml:1:\d+: '.*' is not a (whole )?number in plain decimal; ", e.Message);
    }

    [Theory]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("Null")]
    [InlineData("NULL")]
    [InlineData("")]
    public void Read_NullInAnySpelling_IsEmpty(string nothing)
    {
        foreach (string key in (string[])["title", "whole", "maybe", "number", "numbers"])
            Assert.Equal($"f.yaml:1:1: {key} is empty", Assert.Throws<MedBenchException>(() => Read($"{key}: {nothing}")).Message);
    }

    [Theory]
    [InlineData("title: !!null ''")]
    [InlineData("maybe: !!null x")]
    public void Read_NullByATag_IsRefused(string yaml) => Assert.StartsWith("f.yaml:1:8: ", Assert.Throws<MedBenchException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_QuotedNull_IsText() => Assert.Equal("Null", Read("title: 'Null'").Title);

    [Theory]
    [InlineData("schema: 2\nunknown: 1", "f.yaml:1:9: schema 2 is not known: a later version of MedBenchRepro wrote it, this one reads schema 1")]
    [InlineData("unknown: {schema: 3}\nschema: 9", "f.yaml:2:9: schema 9 is not known: a later version of MedBenchRepro wrote it, this one reads schema 1")]
    [InlineData("any: [a, {b: c}]\nschema: 0", "f.yaml:2:9: schema 0 is not known: this version reads schema 1")]
    [InlineData("unknown: {schema: 3}\nschema: 1", "f.yaml:1:1: Property 'unknown' not found")]
    public void Read_AnotherSchema_IsSaidBeforeAnythingElse(string yaml, string problem) =>
        Assert.StartsWith(problem, Assert.Throws<MedBenchException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_AliasesThatMultiply_AreRefusedAtOnce()
    {
        string yaml = "any:\n  - &a0 [x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"  - &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));
        Assert.Contains("more than 1000000 values once its aliases are followed", Assert.Throws<MedBenchException>(() => Read(yaml)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("any: &a [*a]")]
    [InlineData("any: &a {b: *a}")]
    [InlineData("any: *nothing")]
    public void Read_AliasOfWhatIsNotOver_IsRefused(string yaml) =>
        Assert.Contains("stands for nothing that ends before it", Assert.Throws<MedBenchException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_VeryDeep_IsRefused() =>
        Assert.Contains("more than 32 levels deep", Assert.Throws<MedBenchException>(() => Read("any: " + new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("numbers: 5", "f.yaml:1:10: expected a list such as [a, b], found one value")]
    [InlineData("numbers: {a: 5}", "f.yaml:1:10: expected a list such as [a, b], found keys with values such as {key: value}")]
    [InlineData("title: [a]", "f.yaml:1:8: expected one value, found a list such as [a, b]")]
    [InlineData("maybe:\n  a: b", "f.yaml:2:3: expected one value, found keys with values such as {key: value}")]
    [InlineData("inner: 0.2", "f.yaml:1:8: expected keys with values such as {key: value}, found one value")]
    [InlineData("[a]", "f.yaml:1:1: expected keys with values such as {key: value}, found a list such as [a, b]")]
    public void Read_AnotherShape_SaysWhichIsExpected(string yaml, string problem) => Assert.Equal(problem, Assert.Throws<MedBenchException>(() => Read(yaml)).Message);

    // YamlDotNet throws InvalidOperationException there, without a word that helps.
    [Theory]
    [InlineData("any: [a\ntitle: t\n", "f.yaml:1:6: ")]
    [InlineData("any: {a: b\ntitle: t\n", "f.yaml:1:8: ")]
    [InlineData("any: [a, b[a, b, c]\ntitle: t\n", "f.yaml:1:8: ")]
    public void Read_BracketNotClosed_IsRefusedWithItsPlace(string yaml, string place) =>
        Assert.StartsWith(place + "a bracket that is open here is not closed before the next key", Assert.Throws<MedBenchException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SecondDocument_IsRefused() =>
        Assert.Contains("a second document", Assert.Throws<MedBenchException>(() => Read("whole: 1\n---\nwhole: 2")).Message, StringComparison.Ordinal);

    private static Document Read(string yaml) => StrictYaml.Read<Document>(new YamlPlaces(yaml, "f.yaml"), 1, "look");
}

using System.Text.Json;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Core.Text;

public sealed class KebabTests
{
    [Theory]
    [InlineData(Precision.Fp32, "fp32")]
    [InlineData(Precision.Fp32Strict, "fp32-strict")]
    [InlineData(Precision.BF16, "bf16")]
    public void Name_OfAMember_IsLowerCaseWithHyphens(Precision value, string name)
    {
        Assert.Equal(name, value.Name());
        Assert.Equal(value, Kebab.Parse<Precision>("precision", name));
        Assert.Equal($"\"{name}\"", JsonSerializer.Serialize(value, StrictJson.Options));
        Assert.Equal(value, JsonSerializer.Deserialize<Precision>($"\"{name}\"", StrictJson.Options));
    }

    [Fact]
    public void Parse_Unknown_SuggestsTheNearest() =>
        Assert.Equal("did you mean 'bf16'?", Assert.Throws<MedBenchException>(() => Kebab.Parse<Precision>("precision", "bf61")).Fix);

    [Fact]
    public void Json_Number_IsNoEnumeration() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Precision>("1", StrictJson.Options));
}

using MedBench.Core.Errors;
using MedBench.Models.Weights.Hub;

namespace MedBench.Tests.Models.Weights.Hub;

public sealed class HubTokenTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("secret\n")]
    [InlineData("secret\r\n")]
    [InlineData(" secret ")]
    public void Token_OfVariableOrLoginFile_IsCleaned(string text)
    {
        Assert.Equal("secret", Settings(("HF_TOKEN", text)).Token);
        _folder.Write("hf/token", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal("secret", Settings().Token);
        Assert.Equal("other", Settings(("HF_TOKEN", "other")).Token);
        Assert.Null(Settings(("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")).Token);
    }

    [Theory]
    [InlineData("s\u00e9cret")]
    [InlineData("two words")]
    public void Token_ThatIsNone_IsRefusedAndNotShown(string text)
    {
        var e = Assert.Throws<MedBenchException>(() => Settings(("HF_TOKEN", text)));
        Assert.Contains("HF_TOKEN", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, e.Message + e.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoint_WithAPassword_IsRefusedAndNotShown() =>
        Assert.DoesNotContain("pw", Assert.Throws<MedBenchException>(() => Settings(("HF_ENDPOINT", "https://me:pw@hub.example"))).Message, StringComparison.Ordinal);

    private HubSettings Settings(params (string Name, string Value)[] variables) => HubSettings.FromEnvironment(name =>
        name == "HF_HOME" ? _folder.File("hf") : variables.FirstOrDefault(v => v.Name == name).Value);
}

using System.Text.Json;

namespace MedBench.Tests.Cli.Commands;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task Audit_WithAnEncoder_LooksASecondTime_AndKeepsTheAuditAsItIs()
    {
        using var folder = new TestFolder();
        string[] audit = ["data", "audit", "synthetic", "--images", "24", "--size", "28", "--json"];
        var alone = await MedBenchProcess.RunAsync(folder, [.. audit, "--out", "alone"]);
        var both = await MedBenchProcess.RunAsync(folder, [.. audit, "--out", "both", "--encoder", "resnet20.cntk_in1k", "--page", "page.html"]);
        Assert.True(both.ExitCode == 0, both.Err);

        using var json = JsonDocument.Parse(both.Out);
        var look = json.RootElement.GetProperty("secondLook");
        Assert.Equal("resnet20.cntk_in1k", look.GetProperty("encoder").GetString());
        Assert.InRange(look.GetProperty("looked").GetInt32(), 24 * 5 / 2, 24 * 5);
        Assert.Equal(look.GetProperty("alike").GetInt32(), look.GetProperty("known").GetInt32() + look.GetProperty("new").GetArrayLength());
        Assert.Equal(File.ReadAllText(folder.File("alone/synthetic_28.json")), File.ReadAllText(folder.File("both/synthetic_28.json")));
        Assert.Equal(alone.Out, File.ReadAllText(folder.File("both/synthetic_28.json")));
        Assert.Contains("by features of resnet20.cntk_in1k", File.ReadAllText(folder.File("page.html")));
    }

    [Theory]
    [InlineData("resnet20.cntk_in1", "resnet20.cntk_in1k")]
    [InlineData("resnet18.cifar", "--encoder resnet18.cifar: it has no published checkpoint")]
    public async Task Audit_WithAnEncoderThatThereIsNot_SaysSoBeforeItLooks(string encoder, string says)
    {
        using var folder = new TestFolder();
        var output = await MedBenchProcess.RunAsync(folder, ["data", "audit", "synthetic", "--images", "16", "--size", "28", "--encoder", encoder, "--out", "audits"]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(says, output.Err);
        Assert.False(Directory.Exists(folder.File("audits")));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using MedBench.Cli.Display;

namespace MedBench.Tests.Cli;

/// <summary>Scripts go by exit codes: every command ends with one that the README lists, and each means the same everywhere.</summary>
public sealed partial class ExitCodesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Readme_ListsEveryCode()
    {
        string text = File.ReadAllText(Repository.File("README.md")).ReplaceLineEndings(" ");
        string list = text[text.IndexOf("exit code 0 is success", StringComparison.Ordinal)..];
        int[] listed = [.. Code().Matches(list[..list.IndexOf("Ctrl-C", StringComparison.Ordinal)]).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture))];

        Assert.Equal([.. typeof(ExitCodes).GetFields().Select(f => (int)f.GetRawConstantValue()!)], listed);
    }

    [Theory]
    [InlineData("run nosuch.yaml")]
    [InlineData("plan nosuch.yaml")]
    [InlineData("merge nosuch --into store")]
    [InlineData("verify nosuch")]
    [InlineData("evaluate nosuch.pth --model resnet18.cifar --dataset breastmnist --size 28 --recipe yang2023")]
    [InlineData("data audit nosuch")]
    [InlineData("models inspect nosuch")]
    [InlineData("score nosuch.csv --dataset breastmnist")]
    [InlineData("claims show nosuch")]
    [InlineData("retrace 0123456789abcdef")]
    [InlineData("report --results nosuch")]
    [InlineData("serve --results nosuch")]
    [InlineData("bench --model nosuch")]
    public async Task Command_NamesWhatIsNot_EndsWithTwoAndTheFix(string line)
    {
        var output = await MedBenchProcess.RunAsync(_folder, line.Split(' '));

        Assert.Equal(ExitCodes.Failed, output.ExitCode);
        Assert.StartsWith("error: ", output.Err, StringComparison.Ordinal);
        Assert.Contains("\nfix: ", output.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merge store")]
    [InlineData("demo --nosuch")]
    [InlineData("doctor --nosuch")]
    [InlineData("nosuch")]
    public async Task CommandLine_NotUnderstood_EndsWithOne(string line) =>
        Assert.Equal(ExitCodes.NotUnderstood, (await MedBenchProcess.RunAsync(_folder, line.Split(' '))).ExitCode);

    [GeneratedRegex(@"\b\d+\b")]
    private static partial Regex Code();
}

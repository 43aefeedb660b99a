using System.Text.RegularExpressions;

namespace MedBench.Tests.House;

/// <summary>Every variable that something here reads is in the table of README or of CONTRIBUTING, and none besides.</summary>
public sealed partial class VariablesTests
{
    private static readonly string[] s_read = ["src", "tests", "eng", ".ci", ".github", "deploy"];

    [Fact]
    public void Tables_OfVariables_NameThoseThatAreRead()
    {
        var read = s_read.Select(Repository.File).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "Dockerfile*")).Concat(Directory.EnumerateFiles(Repository.Root, "Directory.Build.*"))
            .SelectMany(f => Variable().Matches(File.ReadAllText(f)).Select(m => m.Value)).ToHashSet();
        var told = ((string[])["README.md", "CONTRIBUTING.md"]).SelectMany(f => File.ReadLines(Repository.File(f))).Where(l => l.StartsWith('|'))
            .SelectMany(l => Variable().Matches(l.Split('|')[1]).Select(m => m.Value)).ToHashSet();

        Assert.Equal(read.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"MEDBENCH_[A-Z]+(?:_[A-Z]+)*|MEDMNIST_ROOT")]
    private static partial Regex Variable();
}

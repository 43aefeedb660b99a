using System.Text.RegularExpressions;

namespace MedBench.Tests.House;

/// <summary>The arrows between folders, read from the using lines (namespace = folder), against <c>arrows.txt</c>, and the drawing of the projects in CONTRIBUTING.</summary>
public sealed partial class LayersTests
{
    private static readonly string s_root = Repository.Root;
    private static readonly string s_allowed = Path.Combine(s_root, "tests", "MedBench.Tests", "House", "arrows.txt");

    [Fact]
    public void Usings_OfTheSource_AreTheArrowsOnTheList()
    {
        var found = Arrows().ToHashSet();
        var allowed = File.ReadAllLines(s_allowed).Where(l => l.Length > 0 && l[0] != '#').ToHashSet();
        Assert.True(found.SetEquals(allowed),
            $"new arrows (add them to {s_allowed} if they are meant): {string.Join("; ", found.Except(allowed).Order(StringComparer.Ordinal))}\n" +
            $"arrows that are gone (take them out): {string.Join("; ", allowed.Except(found).Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void Folders_OfTheSource_HaveNoCycle()
    {
        var next = Arrows().Select(a => a.Split(" -> ")).ToLookup(a => a[0], a => a[1]);
        var done = new HashSet<string>();
        foreach (string folder in next.Select(n => n.Key)) Visit(folder, []);

        void Visit(string folder, List<string> way)
        {
            Assert.False(way.Contains(folder), $"a cycle: {string.Join(" -> ", way.SkipWhile(f => f != folder).Append(folder))}");
            if (!done.Add(folder)) return;
            foreach (string other in next[folder]) Visit(other, [.. way, folder]);
        }
    }

    [Fact]
    public void Namespaces_OfTheSource_AreTheirFolders()
    {
        foreach (string file in Sources())
        {
            if (Declared().Match(File.ReadAllText(file)) is { Success: true } match) Assert.Equal(Folder(file), match.Groups[1].Value);
        }
    }

    // The one thing of layout that `dotnet format whitespace` does not look at.
    [Fact]
    public void Usings_OfEveryFile_AreInOrder()
    {
        foreach (string file in Sources().Concat(Sources("tests")))
        {
            string[] names = [.. Plain().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)];
            Assert.Equal((file, string.Join(' ', names.OrderBy(n => !IsSystem(n)).ThenBy(n => n, StringComparer.OrdinalIgnoreCase))), (file, string.Join(' ', names)));
        }

        static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
    }

    [Fact]
    public void Projects_AsContributingDrawsThem_AreTheReferences()
    {
        string drawing = Drawing().Match(File.ReadAllText(Path.Combine(s_root, "CONTRIBUTING.md"))).Groups[1].Value;
        var drawn = drawing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split("<-", StringSplitOptions.TrimEntries))
            .SelectMany(l => l[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(user => $"{user} -> {l[0]}")).Order(StringComparer.Ordinal);
        var real = Directory.EnumerateFiles(Path.Combine(s_root, "src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(p => Reference().Matches(File.ReadAllText(p)).Select(m => $"{Short(p)} -> {m.Groups[1].Value}")).Order(StringComparer.Ordinal);
        Assert.Equal(real, drawn);
    }

    private static IEnumerable<string> Arrows() =>
        Sources().SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(m => $"{Folder(file)} -> {m.Groups[1].Value}")).Distinct();

    private static IEnumerable<string> Sources(string under = "src") => Directory.EnumerateFiles(Path.Combine(s_root, under), "*.cs", SearchOption.AllDirectories);

    private static string Folder(string file) => Path.GetRelativePath(Path.Combine(s_root, "src"), Path.GetDirectoryName(file)!).Replace('/', '.').Replace('\\', '.');

    private static string Short(string project) => Path.GetFileNameWithoutExtension(project).Replace("MedBench.", "");

    [GeneratedRegex(@"^using (MedBench\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"ProjectReference Include=""[^""]*MedBench\.(\w+)\.csproj""")]
    private static partial Regex Reference();

    // The block of lines "A <- B C": B and C use A.
    [GeneratedRegex("```layers\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Drawing();
}

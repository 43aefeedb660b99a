using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace MedBench.Tests.Build;

/// <summary>packages.lock.json: one for each project, of the versions that Directory.Packages.props pins; strict in CI, and only for the build that it was made for.</summary>
public sealed class PackageLockTests
{
    public static TheoryData<string> Projects => [.. ((string[])["src", "tests"])
        .SelectMany(f => Directory.GetFiles(Repository.File(f), "*.csproj", SearchOption.AllDirectories)).Select(p => Path.GetRelativePath(Repository.Root, p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Lock_OfAProject_HoldsThePinnedVersionsWithTheirHashes(string project)
    {
        var pins = Pins();
        string path = Path.Combine(Path.GetDirectoryName(Repository.File(project))!, "packages.lock.json");
        Assert.True(File.Exists(path), $"{path} is missing: dotnet restore writes it");
        using var parsed = JsonDocument.Parse(File.ReadAllBytes(path));
        var locked = parsed.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.OrdinalIgnoreCase);

        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", locked.Keys);
        Assert.All(References(project), reference => Assert.Equal("Direct", locked[reference].GetProperty("type").GetString()));
        Assert.All(locked.Where(p => p.Value.GetProperty("type").GetString() != "Project"), package =>
        {
            Assert.Equal(64, Convert.FromBase64String(package.Value.GetProperty("contentHash").GetString()!).Length);
            if (pins.TryGetValue(package.Key, out string? pin)) Assert.Equal(pin, package.Value.GetProperty("resolved").GetString());
        });
    }

    [SkippableTheory]
    [InlineData("", "", "")]
    [InlineData("true", "", "true")]
    [InlineData("true", "-p:TorchBackend=cuda", "")]
    [InlineData("true", "-p:MEDBENCH_LIBTORCH=/opt/libtorch", "")]
    [InlineData("true", "-p:TorchSharpVersion=0.106.0", "")]
    [InlineData("true", "-p:RuntimeIdentifier=win-x64", "")]
    // As dotnet restore -r says it.
    [InlineData("true", "-p:RuntimeIdentifiers=linux-x64", "")]
    public void LockedMode_IsOnInCiForTheBuildThatIsLocked(string ci, string property, string locked)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has another TorchSharp and no lock file: run it on Linux or macOS");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["msbuild", "src/MedBench.Models", "-getProperty:RestoreLockedMode", .. property.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["CI"] = ci;
        start.Environment.Remove("MEDBENCH_LIBTORCH");
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, locked), (process.ExitCode, output.Trim()));
    }

    // Those of no condition; TorchSharp's is chosen by the build.
    private static IEnumerable<string> References(string project) => XDocument.Load(Repository.File(project)).Descendants("PackageReference")
        .Where(r => r.Attribute("Condition") is null).Select(r => r.Attribute("Include")!.Value).Select(name => name == "$(TorchPackage)" ? "TorchSharp-cpu" : name);

    // As on Linux and macOS: the last default of TorchSharp's version.
    private static Dictionary<string, string> Pins()
    {
        var document = XDocument.Load(Repository.File("Directory.Packages.props"));
        string torch = document.Descendants("TorchSharpVersion").Last().Value;
        return document.Descendants().Where(e => e.Name.LocalName is "PackageVersion" or "GlobalPackageReference")
            .ToDictionary(e => e.Attribute("Include")!.Value, e => e.Attribute("Version")!.Value is var version && version == "$(TorchSharpVersion)" ? torch : version, StringComparer.OrdinalIgnoreCase);
    }
}

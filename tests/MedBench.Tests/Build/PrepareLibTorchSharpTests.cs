using System.Reflection;

namespace MedBench.Tests.Build;

/// <summary>The build task that makes TorchSharp load on hosts with an older libstdc++, on the library as the package ships it.</summary>
public sealed class PrepareLibTorchSharpTests
{
    private const string Library = "libstdc++.so.6", Unused = "GLIBCXX_3.4.32", Used = "GLIBCXX_3.4.21";

    // Everything that the library asks for, but not Unused.
    private static readonly HashSet<string> s_olderHost = [.. Enumerable.Range(1, 31).Select(i => $"GLIBCXX_3.4.{i}"), "GLIBCXX_3.4"];

    private static string Source => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "LibTorchSharp").Value!;

    private static byte[] Image()
    {
        Skip.IfNot(File.Exists(Source) && OperatingSystem.IsLinux(), $"needs {Source} as Linux x64 builds restore it: other systems have another version of it");
        return File.ReadAllBytes(Source);
    }

    [SkippableFact]
    public void Weaken_HostLacksAnUnusedVersion_SetsOneFlagAndNothingElse()
    {
        byte[] original = Image(), image = [.. original];

        var weakened = PrepareLibTorchSharp.WeakenMissingVersions(image, Library, s_olderHost);

        Assert.Equal([Unused], weakened);
        int changed = Assert.Single(Enumerable.Range(0, image.Length), i => image[i] != original[i]);
        Assert.Equal(original[changed] | 2, image[changed]);
    }

    [SkippableFact]
    public void Weaken_HostHasEveryVersion_ChangesNothing()
    {
        byte[] original = Image(), image = [.. original];

        Assert.Empty(PrepareLibTorchSharp.WeakenMissingVersions(image, Library, [.. s_olderHost, Unused]));
        Assert.Equal(original, image);
    }

    [SkippableFact]
    public void Weaken_HostLacksAVersionThatIsUsed_Refuses()
    {
        var ancient = s_olderHost.Where(v => v != Used).ToHashSet();

        var error = Assert.Throws<InvalidDataException>(() => PrepareLibTorchSharp.WeakenMissingVersions(Image(), Library, ancient));

        Assert.Contains(Used, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an ELF file, but long enough to be one, had it only the right first four bytes")]
    public void Weaken_NoElfFile_Refuses(string content) =>
        Assert.Throws<InvalidDataException>(() => PrepareLibTorchSharp.WeakenMissingVersions(System.Text.Encoding.ASCII.GetBytes(content), Library, s_olderHost));

    [SkippableFact]
    public void ProvidedVersions_OfThisHost_HoldTheOldestOne()
    {
        string? host = PrepareLibTorchSharp.FindLibstdcxx();
        Skip.If(host is null, "needs a Linux x64 host with libstdc++");

        Assert.Contains("GLIBCXX_3.4", PrepareLibTorchSharp.ProvidedVersions(host!));
    }
}

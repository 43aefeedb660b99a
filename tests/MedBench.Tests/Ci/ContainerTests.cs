using System.Text.RegularExpressions;

namespace MedBench.Tests.Ci;

/// <summary>The container files, checked without a container engine.</summary>
public sealed class ContainerTests
{
    public static TheoryData<string> Files => ["Dockerfile", "Dockerfile.cuda"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_BasesArePinnedByDigest(string file) =>
        Assert.All(Lines(file, "FROM"), line => Assert.Matches("^FROM --platform=linux/amd64 mcr\\.microsoft\\.com/dotnet/(sdk|runtime):10\\.0-noble@sha256:[0-9a-f]{64}( AS build)?$", line));

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_RunsAsAUserWithItsFoldersAsVolumes(string file)
    {
        Assert.Equal("USER $APP_UID", Lines(file, "USER").Single());
        string environment = Lines(file, "ENV").Single(l => l.Contains("PATH", StringComparison.Ordinal)), volumes = Lines(file, "VOLUME").Single();
        foreach (string variable in (string[])["MEDMNIST_ROOT", "MEDBENCH_CACHE", "HF_HUB_CACHE"])
            Assert.Contains($"\"{Regex.Match(environment, $"{variable}=(\\S+)").Groups[1].Value}\"", volumes, StringComparison.Ordinal);
        Assert.Contains("\"/work/results\"", volumes, StringComparison.Ordinal);
    }

    // A project that is missing here would be restored without its packages, after the layer that caches them.
    [Theory]
    [MemberData(nameof(Files))]
    public void Image_RestoresEveryProject(string file)
    {
        string[] projects = [.. Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(Repository.Root, p).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(projects, Lines(file, "COPY").Select(l => l.Split(' ')[1]).Where(p => p.EndsWith(".csproj", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_CopiesOnlyWhatIsThereAndNotIgnored(string file)
    {
        string[] kept = [.. File.ReadLines(Repository.File(".dockerignore")).Where(l => l.StartsWith('!')).Select(l => l[1..])];
        Assert.All(Lines(file, "COPY").Where(l => !l.Contains("--from", StringComparison.Ordinal)).SelectMany(l => l.Split(' ')[1..^1]), source =>
        {
            string path = Repository.File(source);
            Assert.True(File.Exists(path) || Directory.Exists(path), source);
            Assert.Contains(kept, k => source.TrimEnd('/') == k || source.StartsWith(k.Replace("*", "", StringComparison.Ordinal) + (k.EndsWith('*') ? "" : "/"), StringComparison.Ordinal));
        });
    }

    // What a project embeds from outside src/ must be in the image's source, too.
    [Theory]
    [MemberData(nameof(Files))]
    public void Image_HasWhatProjectsEmbed(string file)
    {
        string[] copied = [.. Lines(file, "COPY").SelectMany(l => l.Split(' ')[1..^1]).Select(source => source.Split('/')[0])];
        var embedded = Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Where(l => l.Contains("<EmbeddedResource", StringComparison.Ordinal))
            .SelectMany(l => Regex.Matches(l, @"\.\./\.\./([^/""]+)").Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.NotEmpty(embedded);
        Assert.All(embedded, folder => Assert.Contains(folder, copied));
    }

    [Fact]
    public void Cuda_DiffersInTheBackendOnly()
    {
        string[] cpu = Instructions("Dockerfile"), cuda = Instructions("Dockerfile.cuda");
        Assert.Empty(cpu.Except(cuda));
        Assert.Equal(["ENV TorchBackend=cuda", "ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility"], cuda.Except(cpu));
    }

    private static string[] Instructions(string file) => [.. File.ReadLines(Repository.File(file)).Where(l => l.Length > 0 && l[0] != '#')];

    private static IEnumerable<string> Lines(string file, string instruction) => Instructions(file).Where(l => l.StartsWith(instruction + " ", StringComparison.Ordinal));
}

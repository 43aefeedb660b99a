using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using MedBench.Runs.Store;

namespace MedBench.Cli.Doctor;

/// <summary>The operating system and what libtorch needs of it.</summary>
internal static partial class SystemChecks
{
    // What TorchSharp 0.107's native part was linked against; the build mends its copy where the host has less.
    private static readonly Version s_linkedGlibcxx = new(3, 4, 32);

    public static IEnumerable<Check> All()
    {
        yield return new Check("system", Health.Good, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}");
        yield return new Check("version", Health.Good, typeof(SystemChecks).Assembly.GetName().Version!.ToString(3));
        if (OperatingSystem.IsLinux()) yield return LibStdCxx();
        yield return new Check("processor", Health.Good, $"{Environment.ProcessorCount} of {Processor.Describe()}");
        yield return Memory();
    }

    private static Check LibStdCxx()
    {
        // It is in the process already: libtorch needs it.
        string? path = File.ReadLines("/proc/self/maps").Select(line => MappedFile().Match(line)).FirstOrDefault(m => m.Success)?.Groups[1].Value;
        if (path is null) return new Check("libstdc++", Health.Bad, "not loaded", "install libstdc++6");
        var newest = Versions().Matches(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path))).Select(m => Version.Parse(m.Groups[1].Value)).Max()!;
        string found = $"{path}, up to GLIBCXX_{newest}";
        return newest >= s_linkedGlibcxx
            ? new Check("libstdc++", Health.Good, found)
            : new Check("libstdc++", Health.Note, $"{found}; TorchSharp asks for GLIBCXX_{s_linkedGlibcxx}, which nothing in it uses: the build made that reference weak");
    }

    private static Check Memory()
    {
        double gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        string found = string.Create(CultureInfo.InvariantCulture, $"{gigabytes:F1} GiB");
        return gigabytes >= 4
            ? new Check("memory", Health.Good, found)
            : new Check("memory", Health.Note, found, "models of the ViT-B class need about 4 GiB to train");
    }

    [GeneratedRegex(@"(/\S*libstdc\+\+\.so\S*)$")]
    private static partial Regex MappedFile();

    [GeneratedRegex(@"GLIBCXX_(3\.4\.\d+)")]
    private static partial Regex Versions();
}

using System.Reflection;
using System.Runtime.InteropServices;

namespace MedBench.Claims.Store;

/// <summary>Machine and software of a run.</summary>
/// <param name="Os">Operating system.</param>
/// <param name="Cpu">Processor.</param>
/// <param name="Threads">Threads that libtorch uses.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="Libtorch">libtorch version.</param>
/// <param name="Device">For example <c>cpu</c>.</param>
/// <param name="Version">This program's version, with the git commit it was built from where known.</param>
public sealed record RunEnvironment(string Os, string Cpu, int Threads, string Runtime, string Libtorch, string Device, string Version)
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>The environment of this process.</summary>
    public static RunEnvironment Capture(int threads, string libtorch, string device) => new(
        RuntimeInformation.OSDescription, CpuName(), threads, RuntimeInformation.FrameworkDescription, libtorch, device,
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    private static string CpuName()
    {
        string? line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using MedBench.Models.Kernels;

namespace MedBench.Runs.Store;

/// <summary>
/// Which processor computes. libtorch's kernels differ by its vectors, and with them the last bits of every sum: a training
/// that one processor repeats to the bit, another of the same name may not.
/// </summary>
public static class Processor
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>Name, and what its kernels are chosen by where the system tells: <c>AMD EPYC (family 25, model 1, AVX2)</c>.</summary>
    public static string Describe() => File.Exists(CpuInfo) ? Describe(File.ReadLines(CpuInfo), Vectors) : $"{RuntimeInformation.ProcessArchitecture} ({Vectors})";

    /// <summary>The same from the lines of <c>/proc/cpuinfo</c>; the first processor speaks for all.</summary>
    /// <param name="lines">Lines of the form <c>key : value</c>.</param>
    /// <param name="vectors">Widest vectors.</param>
    public static string Describe(IEnumerable<string> lines, string vectors)
    {
        var first = lines.TakeWhile(l => l.Length > 0).Select(l => l.Split(':', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0].Trim()).ToDictionary(p => p[0].Trim(), p => p[1].Trim());
        string[] details = [.. from key in (string[])["cpu family", "model"]
                               where first.ContainsKey(key)
                               select $"{key.Replace("cpu ", "", StringComparison.Ordinal)} {first[key]}"];
        return $"{first.GetValueOrDefault("model name", RuntimeInformation.ProcessArchitecture.ToString())} ({string.Join(", ", [.. details, vectors])})";
    }

    // What oneDNN may not use tells its kernels apart as the processor does.
    private static string Vectors => Widest + (OneDnn.Limit is { } limit ? $", oneDNN up to {limit.ToUpperInvariant()}" : "");

    private static string Widest => Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : AdvSimd.IsSupported ? "NEON" : "no wide vectors";
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using TorchSharp;

namespace MedBench.Models.Kernels;

/// <summary>
/// The libtorch of this process. TorchSharp knows the version that it was built for; eng/gpu-check.sh and MEDBENCH_LIBTORCH put that of a
/// Python's PyTorch in its place, which may be another.
/// </summary>
public static partial class LoadedTorch
{
    private static readonly Lazy<string?> s_file = new(Find);
    private static readonly Lazy<string> s_version = new(() => s_file.Value is { } file && VersionBeside(file) is { } version ? version : torch.__version__);

    /// <summary>The file of its CPU part; null where the system does not tell.</summary>
    public static string? File => s_file.Value;

    /// <summary>Its version: <c>2.11.0+cu130</c> of a PyTorch, TorchSharp's <c>2.10.0.0</c> of its own.</summary>
    public static string Version => s_version.Value;

    /// <summary>What a PyTorch, whose libraries are in <c>torch/lib</c>, says of its version in <c>torch/version.py</c>; null without that file.</summary>
    /// <param name="library">One of its libraries.</param>
    internal static string? VersionBeside(string library)
    {
        string file = Path.Combine(Path.GetDirectoryName(library)!, "..", "version.py");
        return System.IO.File.Exists(file) && VersionLine().Match(System.IO.File.ReadAllText(file)) is { Success: true } line ? line.Groups[1].Value : null;
    }

    private static string? Find()
    {
        // Loads it.
        _ = torch.get_num_threads();
        string name = OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().FirstOrDefault(m => m.ModuleName == name)?.FileName;
    }

    [GeneratedRegex(@"^__version__ = '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex VersionLine();
}

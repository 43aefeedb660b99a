using System.Text.RegularExpressions;

namespace MedBench.Cli.Doctor;

/// <summary>Why the NVIDIA GPU of a machine with a driver cannot be used.</summary>
/// <param name="What">What is in the way.</param>
/// <param name="Fix">What to do about it.</param>
internal sealed partial record CudaObstacle(string What, string Fix)
{
    // CUDA 12.8, which TorchSharp's libtorch 2.10 brings, on Linux: its release notes, table 3 (https://docs.nvidia.com/cuda/archive/12.8.0/cuda-toolkit-release-notes).
    private const int OldestDriver = 570;
    private const string DriverFile = "/proc/driver/nvidia/version";

    /// <summary>The obstacle on this machine, where libtorch says that there is no CUDA device; null where there is no driver either.</summary>
    public static CudaObstacle? Here() =>
        Of(File.Exists(DriverFile) ? File.ReadAllText(DriverFile) : null, HasCuda(), Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"));

    /// <summary>The same from what is known.</summary>
    /// <param name="driver">Text of <c>/proc/driver/nvidia/version</c>; null without a driver.</param>
    /// <param name="cudaBuild">Whether the libtorch beside this program has its CUDA part.</param>
    /// <param name="visible">Value of <c>CUDA_VISIBLE_DEVICES</c>.</param>
    internal static CudaObstacle? Of(string? driver, bool cudaBuild, string? visible)
    {
        if (driver is null) return null;
        if (!cudaBuild) return new("an NVIDIA driver is here, but this build of libtorch has no CUDA", "build with -p:TorchBackend=cuda");
        if (visible is "" or "-1") return new($"CUDA_VISIBLE_DEVICES is '{visible}': every GPU is hidden", "unset CUDA_VISIBLE_DEVICES");
        return Version().Match(driver) is { Success: true } match && int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) is var major && major < OldestDriver
            ? new($"the NVIDIA driver {match.Value.Trim()} is too old for this libtorch", $"install driver {OldestDriver} or later, or build with MEDBENCH_LIBTORCH=FOLDER against a PyTorch 2.10 for an older CUDA")
            : new("an NVIDIA driver and a libtorch with CUDA are here, but no device can be used", "run nvidia-smi: does it list a GPU? In a container, start it with --gpus all");
    }

    // The loader looks there, too: runtimes/RID/native beside the program.
    private static bool HasCuda() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "torch_cuda.dll" : "libtorch_cuda.so", SearchOption.AllDirectories).Any();

    [GeneratedRegex(@" (\d+)\.\d+(\.\d+)?(?= )")]
    private static partial Regex Version();
}

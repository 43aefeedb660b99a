using System.Runtime.InteropServices;
using MedBench.Core.Errors;

namespace MedBench.Cli.Doctor;

/// <summary>A libtorch that does not load, or has no memory left, in words that help.</summary>
internal static class NativeTorch
{
    /// <summary>What to say of an exception that comes of a native library that did not load, or of a full GPU; null of any other.</summary>
    public static MedBenchException? Explain(Exception e) => Explain(e, RuntimeInformation.RuntimeIdentifier);

    internal static MedBenchException? Explain(Exception e, string system)
    {
        // TorchSharp's loader throws NotSupportedException, mostly out of a static constructor.
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is ExternalException && inner.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
                return new MedBenchException(inner.Message.Split('\n')[0].TrimEnd(), "a smaller --batch or input, or a device with more memory; `nvidia-smi` says what else is on this one", e);
            if (inner is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
                || (inner is NotSupportedException && inner.Message.Contains("TorchSharp", StringComparison.Ordinal)))
                return new MedBenchException($"libtorch does not load: {inner.Message.Split('\n')[0].TrimEnd()}", Fix(system), e);
        }
        return null;
    }

    private static string Fix(string system) =>
        system.EndsWith("-arm64", StringComparison.Ordinal) && !system.StartsWith("osx", StringComparison.Ordinal)
            ? "TorchSharp has libtorch for linux-x64, win-x64 and osx-arm64 only: use one of these (a container with --platform linux/amd64 does)"
        : system == "osx-x64" ? "TorchSharp has libtorch for Apple Silicon only (osx-arm64): use the arm64 .NET SDK on such a Mac"
        : system.StartsWith("win", StringComparison.Ordinal) ? "build with -p:TorchSharpVersion=0.106.0 (0.107.0 does not load on Windows), and install the Visual C++ 2015-2022 x64 runtime"
        : "delete artifacts/ and build again; `medbench doctor` says what is missing";
}

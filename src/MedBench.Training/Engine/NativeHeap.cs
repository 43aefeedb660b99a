using System.Runtime.InteropServices;

namespace MedBench.Training.Engine;

/// <summary>The C library's heap, where libtorch keeps CPU tensors.</summary>
public static partial class NativeHeap
{
    // <malloc.h>
    private const int TrimThreshold = -1, MmapThreshold = -3, ArenaMax = -8;

    private static readonly string[] s_variables = ["GLIBC_TUNABLES", "MALLOC_MMAP_THRESHOLD_", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_ARENA_MAX"];

    /// <summary>
    /// Lets glibc keep what libtorch frees for the next tensor of its size. By its own rules a large block is new to the system each time, and
    /// every 4 kB of it a page fault: forward passes of 64 images of 224 px took three times as long in a virtual machine (docs/measured.md).
    /// One arena, for only the first one grows beyond 64 MB. <see cref="Trim"/> still gives back what is free. Whoever sets glibc's own variables
    /// has the last word. For a program to call before it makes a tensor; does nothing on other C libraries.
    /// </summary>
    public static void KeepFreed()
    {
        if (!OperatingSystem.IsLinux() || s_variables.Any(v => Environment.GetEnvironmentVariable(v) is { Length: > 0 })) return;
        try
        {
            _ = MallOpt(ArenaMax, 1);
            _ = MallOpt(MmapThreshold, 1 << 30);
            _ = MallOpt(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // musl: has no such function, and rules of its own.
        }
    }

    /// <summary>
    /// Gives free pages back to the system. glibc keeps freed blocks up to 32 MB for itself; between activations of many sizes
    /// they fragment, and a training run of ResNet-18 at 28 px grew by 40 MB an epoch. Does nothing on other C libraries.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl: has no such function, and no need of it.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}

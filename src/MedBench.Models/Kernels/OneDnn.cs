using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MedBench.Models.Kernels;

/// <summary>
/// oneDNN computes libtorch's convolutions on the CPU. It cuts them into blocks by the sizes of the caches that an AMD processor tells in
/// CPUID leaf 0x8000001D. A virtual machine may hide that leaf; the sizes then read as one byte, and the kernels that are built on them
/// (<c>brgemm</c>: AVX2 and later) give wrong sums without a word, or divide by zero. Here they are left out on such a machine.
/// The same cause on another processor: https://github.com/uxlfoundation/oneDNN/issues/5313.
/// </summary>
public static partial class OneDnn
{
    /// <summary>oneDNN's own variable for the newest instructions that it may use, which whoever sets it has the last word with.</summary>
    public const string Variable = "ONEDNN_MAX_CPU_ISA";

    private const string OldVariable = "DNNL_MAX_CPU_ISA";

    // The newest instructions that no brgemm kernel is built with.
    private const string Safe = "AVX";

    /// <summary>CPUID: leaf and subleaf in, EAX, EBX, ECX and EDX out.</summary>
    public delegate (int Eax, int Ebx, int Ecx, int Edx) CpuId(int leaf, int subleaf);

    /// <summary>The newest instructions that oneDNN may use in this process, as its variable says it; null where nothing limits it.</summary>
    public static string? Limit => Environment.GetEnvironmentVariable(Variable) ?? Environment.GetEnvironmentVariable(OldVariable);

    /// <summary>Whether this processor hides the sizes of its caches from oneDNN.</summary>
    public static bool CachesAreHidden { get; } = X86Base.IsSupported && HidesCaches(X86Base.CpuId);

    /// <summary>Whether a processor is AMD's, should have leaf 0x8000001D, and has nothing in it (AMD64 Architecture Programmer's Manual 3, appendix E).</summary>
    /// <param name="cpuid">The processor.</param>
    public static bool HidesCaches(CpuId cpuid)
    {
        const int AuthenticAmd = 0x68747541, ExtendedLeaves = unchecked((int)0x80000000), Caches = unchecked((int)0x8000001D), CacheType = 0x1F;
        return cpuid(0, 0).Ebx == AuthenticAmd && cpuid(ExtendedLeaves, 0).Eax >= Caches && (cpuid(Caches, 0).Eax & CacheType) == 0;
    }

    /// <summary>
    /// Limits oneDNN to kernels that are right on this processor, unless its variable is set already. It looks when libtorch is loaded, so a program
    /// calls this first; a program that does not, gets it with its first network, which may be too late and is then found by <see cref="ConvolutionCheck"/>.
    /// </summary>
#pragma warning disable CA2255 // A library may not do this unasked; without it every program that uses the networks would have to remember.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void LeaveOutBrokenKernels()
    {
        if (!CachesAreHidden || Limit is not null) return;
        Environment.SetEnvironmentVariable(Variable, Safe);
        // .NET keeps a copy of the environment; native code reads the process's own.
        if (!OperatingSystem.IsWindows() && SetEnv(Variable, Safe, 1) != 0) throw new InvalidOperationException($"setenv({Variable}) failed");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}

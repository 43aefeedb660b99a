using System.Diagnostics;
using MedBench.Models.Kernels;

namespace MedBench.Tests.Models.Kernels;

public sealed class OneDnnTests
{
    private const int Amd = 0x68747541, Intel = 0x756E6547, Caches = unchecked((int)0x8000001D), ExtendedLeaves = unchecked((int)0x80000000);

    // EAX of a level-1 data cache as an EPYC tells it; a Firecracker machine that hides it; an AMD from before the leaf; an Intel, which has leaf 4 for this.
    [Theory]
    [InlineData(Amd, Caches + 5, 0x4121, false)]
    [InlineData(Amd, Caches + 5, 0, true)]
    [InlineData(Amd, Caches - 5, 0, false)]
    [InlineData(Intel, Caches + 5, 0, false)]
    public void HidesCaches_ByProcessor(int vendor, int newestLeaf, int caches, bool hides) =>
        Assert.Equal(hides, OneDnn.HidesCaches((leaf, _) => leaf switch { 0 => (16, vendor, 0, 0), ExtendedLeaves => (newestLeaf, 0, 0, 0), Caches => (caches, 0, 0, 0), _ => default }));

    [Fact]
    public void Convolutions_OfThisProcess_AreRight() => Assert.Null(ConvolutionCheck.Problem);

    // With the newest kernels forced upon it, such a machine computes wrong convolutions; nothing may be run then.
    [SkippableFact]
    public void Run_WithTheBrokenKernels_IsRefused()
    {
        Skip.IfNot(OneDnn.CachesAreHidden, "this processor tells the sizes of its caches: all kernels are right on it");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "medbench.dll"), "models", "inspect", "resnet18.a1_in1k"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [OneDnn.Variable] = "AVX512_CORE" },
        };
        using var process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Skip.If(process.ExitCode == 0, "this processor has no AVX-512");
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("libtorch computes wrong convolutions on this processor: 256 to 512 channels, 1×1", error);
        Assert.Contains("fix: set ONEDNN_MAX_CPU_ISA=AVX", error);
    }
}

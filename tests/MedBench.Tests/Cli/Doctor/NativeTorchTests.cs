using MedBench.Cli.Doctor;

namespace MedBench.Tests.Cli.Doctor;

public sealed class NativeTorchTests
{
    private const string Driver = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  {0}  Tue Jan  7 20:42:57 UTC 2025\nGCC version:  gcc version 12\n";
    private const string OpenDriver = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  {0}  Release Build  (dvs-builder@U22)\n";

    public static TheoryData<Exception, string, string> Failures => new()
    {
        { new TypeInitializationException("TorchSharp.torch", new DllNotFoundException("Unable to load LibTorchSharp (0x8007007F)")), "win-x64", "-p:TorchSharpVersion=0.106.0" },
        { new NotSupportedException("This application or script uses TorchSharp but doesn't contain a reference to libtorch-cpu-linux-arm64"), "linux-arm64", "linux-x64, win-x64 and osx-arm64 only" },
        { new BadImageFormatException("An attempt was made to load a program with an incorrect format"), "osx-x64", "osx-arm64" },
        { new TypeInitializationException("x", new TypeInitializationException("y", new DllNotFoundException("libtorch_cpu.so"))), "linux-x64", "build again" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Explain_LibraryThatDoesNotLoad_NamesTheWayOut(Exception e, string system, string fix)
    {
        var problem = NativeTorch.Explain(e, system);
        Assert.StartsWith("libtorch does not load: ", problem!.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    // As TorchSharp throws it.
    private sealed class LibtorchException(string message) : System.Runtime.InteropServices.ExternalException(message);

    [Fact]
    public void Explain_FullGpu_NamesWhatHelps()
    {
        var problem = NativeTorch.Explain(new LibtorchException("CUDA out of memory. Tried to allocate 256.00 GiB.\nException raised from malloc"), "linux-x64")!;
        Assert.Equal("CUDA out of memory. Tried to allocate 256.00 GiB.", problem.Message);
        Assert.Contains("a smaller --batch", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_AnotherException_IsNotOurs()
    {
        Assert.Null(NativeTorch.Explain(new InvalidOperationException("x"), "linux-x64"));
        Assert.Null(NativeTorch.Explain(new NotSupportedException("a stream that cannot seek"), "linux-x64"));
    }

    [Theory]
    [InlineData("535.183.01", true, null, "535.183.01 is too old")]
    [InlineData("570.86.15", true, null, "no device can be used")]
    [InlineData("580.95", true, "", "every GPU is hidden")]
    [InlineData("580.95", true, "-1", "every GPU is hidden")]
    [InlineData("535.183.01", false, null, "this build of libtorch has no CUDA")]
    public void CudaObstacle_OfADriver_TellsAnOldOneFromABuildWithoutCuda(string version, bool cuda, string? visible, string what)
    {
        foreach (string text in (string[])[Driver, OpenDriver])
            Assert.Contains(what, CudaObstacle.Of(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, version), cuda, visible)!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void CudaObstacle_WithoutADriver_IsNone() => Assert.Null(CudaObstacle.Of(null, false, null));
}

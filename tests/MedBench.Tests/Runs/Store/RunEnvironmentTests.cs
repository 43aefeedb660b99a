using MedBench.Core.Text;
using MedBench.Runs.Store;
using TorchSharp;

namespace MedBench.Tests.Runs.Store;

public sealed class RunEnvironmentTests
{
    private static readonly RunEnvironment s_cpu = RunEnvironment.Capture(torch.CPU) with { Cpu = "AMD EPYC" };
    private static readonly RunEnvironment s_gpu = s_cpu with { Device = "cuda", Gpu = "NVIDIA H100 80GB HBM3" };

    [Fact]
    public void Json_NamesAGpuWhereOneComputed_AndIsReadBack()
    {
        // Records from before, and those of a CPU, have no such key.
        Assert.DoesNotContain("gpu", StrictJson.Write(s_cpu), StringComparison.Ordinal);
        Assert.DoesNotContain("hardware", StrictJson.Write(s_gpu), StringComparison.Ordinal);
        Assert.Contains("\"gpu\": \"NVIDIA H100 80GB HBM3\"", StrictJson.Write(s_gpu), StringComparison.Ordinal);
        Assert.All([s_cpu, s_gpu], e => Assert.Equal(e, System.Text.Json.JsonSerializer.Deserialize<RunEnvironment>(StrictJson.Write(e), StrictJson.Options)));
    }

    [Fact]
    public void Hardware_NamesWhatComputed()
    {
        Assert.Equal("cpu on AMD EPYC", s_cpu.Hardware);
        Assert.Equal("cuda on NVIDIA H100 80GB HBM3 beside AMD EPYC", s_gpu.Hardware);
    }

    [Fact]
    public void Differences_AnotherGpu_IsNamed() =>
        Assert.Equal(["GPU NVIDIA H100 80GB HBM3 then, NVIDIA H200 now"], s_gpu.Differences(s_gpu with { Gpu = "NVIDIA H200" }));

    [Fact]
    public void GpuName_OfACpu_IsNone() => Assert.Null(Gpu.NameOf(torch.CPU));

    // Without a driver there is nobody to ask.
    [SkippableFact]
    public void GpuName_OfADevice_IsWhatTheDriverSays()
    {
        Skip.IfNot(torch.cuda.is_available(), "needs a CUDA device");
        Assert.False(string.IsNullOrWhiteSpace(Gpu.NameOf(torch.CUDA)));
    }
}

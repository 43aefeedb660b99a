using MedBench.Models.Kernels;
using TorchSharp;

namespace MedBench.Cli.Doctor;

/// <summary>libtorch, devices and threads.</summary>
internal static class TorchChecks
{
    public static IEnumerable<Check> All()
    {
        var loaded = Load();
        yield return loaded;
        if (loaded.Health == Health.Bad) yield break;
        yield return Convolutions();
        yield return Devices();
        yield return new Check("threads", Health.Good, $"{torch.get_num_threads()} in an operation, {torch.get_num_interop_threads()} between operations (OMP_NUM_THREADS, --threads)");
    }

    private static Check Load()
    {
        try
        {
            using var probe = torch.ones(2, 2);
            using var product = probe.mm(probe);
            return product.sum().item<float>() == 8
                ? new Check("libtorch", Health.Good, $"{LoadedTorch.Version}, from {LoadedTorch.File ?? "an unknown place"}")
                : new Check("libtorch", Health.Bad, "a 2×2 product came out wrong", "delete artifacts/ and build again");
        }
        catch (Exception e) when (NativeTorch.Explain(e) is { } problem)
        {
            return new Check("libtorch", Health.Bad, problem.Message, problem.Fix);
        }
    }

    private static Check Convolutions()
    {
        if (ConvolutionCheck.Problem is { } problem) return new Check("convolutions", Health.Bad, problem, ConvolutionCheck.Fix);
        string limit = OneDnn.Limit is { } to ? $", oneDNN up to {to}" : "";
        return OneDnn.CachesAreHidden
            ? new Check("convolutions", Health.Note, $"right{limit}: this processor hides the sizes of its caches, with which oneDNN's newer kernels go wrong; slower than they would be")
            : new Check("convolutions", Health.Good, $"right{limit}");
    }

    private static Check Devices()
    {
        if (torch.cuda.is_available()) return new Check("devices", Health.Good, $"cpu, {torch.cuda.device_count()} cuda");
        return CudaObstacle.Here() is { } obstacle ? new Check("devices", Health.Note, $"cpu; {obstacle.What}", obstacle.Fix) : new Check("devices", Health.Good, "cpu");
    }
}

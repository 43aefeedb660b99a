using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>Memory layout of image tensors.</summary>
public static class Memory
{
    /// <summary>AppContext switch that keeps images in NCHW order: for measuring what channels-last gains.</summary>
    public const string ContiguousSwitch = "MedBench.Models.ContiguousImages";

    /// <summary>
    /// The same NCHW tensor stored channels-last (NHWC in memory), which convolutions keep and which is faster on CPU;
    /// TorchSharp has no <c>memory_format</c>, so it goes through permute, contiguous, permute.
    /// </summary>
    public static Tensor ChannelsLast(Tensor nchw)
    {
        if (AppContext.TryGetSwitch(ContiguousSwitch, out bool contiguous) && contiguous) return nchw.contiguous();
        using var nhwc = nchw.permute(0, 2, 3, 1);
        using var stored = nhwc.contiguous();
        return stored.permute(0, 3, 1, 2);
    }
}

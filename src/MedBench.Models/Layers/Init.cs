using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Models.Layers;

/// <summary>Initialisations that timm's families use; each works in place and without gradient.</summary>
public static class Init
{
    /// <summary>He normal by fan-out (torch's <c>kaiming_normal_(mode="fan_out", nonlinearity="relu")</c>).</summary>
    public static void KaimingNormalFanOut(Conv2d conv)
    {
        using var _ = no_grad();
        nn.init.kaiming_normal_(conv.weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
    }
}

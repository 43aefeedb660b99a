using MedBench.Core.Errors;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>Saves a module's state dict under timm's names.</summary>
internal static class StateDictSaver
{
    /// <summary>Writes every parameter and persistent buffer: <c>.safetensors</c>, or <c>.pth</c> or <c>.pt</c> in PyTorch's zip format.</summary>
    /// <exception cref="MedBenchException">The extension is another one, or the file cannot be written.</exception>
    public static void Save(nn.Module module, string path)
    {
        var entries = StateDict.Of(module);
        switch (Path.GetExtension(path))
        {
            case ".safetensors":
                SafetensorsWriter.Write(path, entries);
                break;
            case ".pth" or ".pt":
                PthWriter.Write(path, entries);
                break;
            default:
                throw new MedBenchException($"cannot tell the format of {path} from its extension", "call it .safetensors, .pth or .pt");
        }
    }
}

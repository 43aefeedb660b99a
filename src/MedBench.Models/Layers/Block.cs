using TorchSharp;

namespace MedBench.Models.Layers;

/// <summary>
/// A module that names its children itself, so that state-dict keys equal timm's whatever the C# fields are called.
/// (TorchSharp's own registration goes by field name.)
/// </summary>
public abstract class Block : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>Makes an empty block; <paramref name="name"/> defaults to the type's name and is for debugging only.</summary>
    protected Block(string? name = null)
        : base(name ?? "block")
    {
    }

    /// <summary>Registers <paramref name="module"/> under the key <paramref name="name"/> and returns it.</summary>
    protected T Add<T>(string name, T module)
        where T : torch.nn.Module
    {
        register_module(name, module);
        return module;
    }

    /// <summary>Registers <paramref name="tensor"/> as a trainable parameter under the key <paramref name="name"/> and returns it.</summary>
    protected TorchSharp.Modules.Parameter AddParameter(string name, torch.Tensor tensor)
    {
        var parameter = new TorchSharp.Modules.Parameter(tensor);
        register_parameter(name, parameter);
        return parameter;
    }

    /// <summary>Nothing: children are registered by <see cref="Add{T}"/> and <see cref="AddParameter"/> alone.</summary>
    protected override void RegisterComponents()
    {
    }
}

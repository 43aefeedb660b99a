using TorchSharp;

namespace MedBench.Models.Layers;

/// <summary>
/// A module that names its children itself, so that state-dict keys equal timm's whatever the C# fields are called
/// (TorchSharp's own registration goes by field name), and that frees its intermediate tensors.
/// </summary>
public abstract class Block : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Dictionary<string, torch.Tensor> _tables = new(StringComparer.Ordinal);

    /// <summary>Makes an empty block; <paramref name="name"/> defaults to <c>block</c> and is for debugging only.</summary>
    protected Block(string? name = null)
        : base(name ?? "block")
    {
    }

    /// <summary>
    /// <see cref="Compute"/> inside a dispose scope: everything but the result is freed on the way out.
    /// (What autograd needs stays alive in the graph itself.)
    /// </summary>
    public sealed override torch.Tensor forward(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Compute(x));
    }

    /// <summary>The block's function; may return <paramref name="x"/> itself.</summary>
    protected abstract torch.Tensor Compute(torch.Tensor x);

    /// <summary>Registers <paramref name="module"/> under the key <paramref name="name"/> and returns it.</summary>
    protected T Add<T>(string name, T module)
        where T : torch.nn.Module
    {
        register_module(name, module);
        return module;
    }

    /// <summary>
    /// Puts <paramref name="module"/> in the place of the child <paramref name="name"/>, which is freed; null only removes it.
    /// The child must be the last one, as a classifier is, for the order of the state dict to stay.
    /// </summary>
    protected internal T? Replace<T>(string name, T? module)
        where T : torch.nn.Module
    {
        var old = named_children().Where(child => child.name == name).Select(child => child.module).FirstOrDefault();
        register_module(name, null!); // TorchSharp removes the entry
        old?.Dispose();
        return module is null ? null : Add(name, module);
    }

    /// <summary>Registers <paramref name="tensor"/> as a trainable parameter under the key <paramref name="name"/> and returns it.</summary>
    protected TorchSharp.Modules.Parameter AddParameter(string name, torch.Tensor tensor)
    {
        var parameter = new TorchSharp.Modules.Parameter(tensor);
        parameter.DetachFromDisposeScope(); // the module owns it, whatever scope the module is made in
        register_parameter(name, parameter);
        return parameter;
    }

    /// <summary>
    /// Keeps a constant outside the state dict, of a type of its own whatever that of the module: what PyTorch calls a buffer that is not
    /// persistent. (TorchSharp 0.107 has those, too, and leaves them behind when the module moves: its named_buffers never lists them.)
    /// </summary>
    protected void AddTable(string name, torch.Tensor tensor) => _tables.Add(name, tensor.DetachFromDisposeScope());

    /// <summary>The constant <paramref name="name"/> on the device of <paramref name="like"/>, where it stays.</summary>
    protected torch.Tensor Table(string name, torch.Tensor like)
    {
        var table = _tables[name];
        if (table.device_type == like.device_type && table.device_index == like.device_index) return table;
        var moved = table.to(like.device).DetachFromDisposeScope();
        table.Dispose();
        return _tables[name] = moved;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var table in _tables.Values) table.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Nothing: children are registered by <see cref="Add{T}"/> and <see cref="AddParameter"/> alone.</summary>
    protected override void RegisterComponents()
    {
    }
}

using static TorchSharp.torch;

namespace MedBench.Models.StateDicts;

/// <summary>A module's tensors by name, in PyTorch's order.</summary>
public static class StateDict
{
    /// <summary>
    /// Every parameter and persistent buffer of <paramref name="module"/> in the order of PyTorch's <c>state_dict()</c>:
    /// per module its parameters, then its buffers, then its children. (TorchSharp's own lists all parameters first.)
    /// The tensors are the live ones, not copies.
    /// </summary>
    public static List<(string Name, Tensor Tensor)> Of(nn.Module module)
    {
        var entries = new List<(string, Tensor)>();
        Collect(module, "", entries);
        return entries;
    }

    private static void Collect(nn.Module module, string prefix, List<(string Name, Tensor Tensor)> entries)
    {
        foreach (var (name, parameter) in module.named_parameters(recurse: false)) entries.Add((prefix + name, parameter));
        foreach (var (name, buffer) in module.named_buffers(recurse: false, include_nonpersistent: false)) entries.Add((prefix + name, buffer));
        foreach (var (name, child) in module.named_children()) Collect(child, prefix + name + ".", entries);
    }
}

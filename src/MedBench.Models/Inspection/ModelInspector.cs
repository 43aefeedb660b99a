using MedBench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Models.Inspection;

/// <summary>What a model is made of: layers, shapes, parameters, multiply-accumulates.</summary>
public static class ModelInspector
{
    /// <summary>
    /// Every layer in state-dict order, from one forward pass of a blank image. Convolutions, linear layers and attention
    /// products count as work, as in timm's GMAC figures (<c>results/benchmark-infer-*.csv</c>); the rest is small beside them.
    /// </summary>
    /// <param name="model">On the CPU; left in evaluation mode.</param>
    /// <param name="inputSize">Height and width in pixels.</param>
    public static IReadOnlyList<LayerInfo> Trace(ImageModel model, int inputSize)
    {
        model.eval();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var image = zeros(1, 3, inputSize, inputSize);
        return Trace(model, () => model.call(image));
    }

    /// <summary>The same of the layers that <paramref name="forward"/> goes through; shapes and work are those of all its images.</summary>
    /// <param name="model">On the CPU.</param>
    /// <param name="forward">Calls <paramref name="model"/> or its parts.</param>
    public static IReadOnlyList<LayerInfo> Trace(ImageModel model, Action forward)
    {
        var seen = new Dictionary<string, LayerInfo>(StringComparer.Ordinal);
        var modules = model.named_modules().Prepend(("", model)).OfType<(string Name, nn.Module Module)>().ToList();
        var hooks = modules.Where(m => m.Module is nn.Module<Tensor, Tensor>).Select(m => ((nn.Module<Tensor, Tensor>)m.Module).register_forward_hook((module, input, output) =>
        {
            seen[m.Name] = new LayerInfo(m.Name, module.GetType().Name, output.shape, Own(module), Macs(module, input, output));
            return output;
        })).ToList();
        try
        {
            forward();
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
        }
        return [.. modules.Where(m => seen.ContainsKey(m.Name)).Select(m => seen[m.Name])];
    }

    private static long Own(nn.Module module) => module switch
    {
        Sequential => 0,
        _ => module.named_parameters(recurse: false).Sum(p => p.parameter.numel()),
    };

    private static long Macs(nn.Module module, Tensor input, Tensor output) => module switch
    {
        Conv2d conv => output.numel() * conv.weight!.numel() / conv.weight.shape[0],
        Linear linear => output.numel() * linear.in_features,
        ICountsMacs counts => counts.Macs(input.shape),
        _ => 0,
    };
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MedBench.Models.Layers;

/// <summary>Modules in a row, for owners that register them under keys of their own (a Sequential would add a level to the keys).</summary>
internal static class Chain
{
    /// <summary>
    /// The last output of <paramref name="layers"/> applied one after the other to <paramref name="input"/>.
    /// Each output is freed as soon as the next is there, so that without gradients only two are alive.
    /// </summary>
    public static Tensor Run(IEnumerable<Module<Tensor, Tensor>> layers, Tensor input)
    {
        var x = input;
        foreach (var layer in layers)
        {
            var y = layer.call(x);
            if (!ReferenceEquals(x, input) && !ReferenceEquals(x, y)) x.Dispose();
            x = y;
        }
        return x;
    }
}

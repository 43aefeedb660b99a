using MedBench.Core.Errors;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights.Bytes;
using static TorchSharp.torch;

namespace MedBench.Models.Weights;

/// <summary>Fills a module from a checkpoint.</summary>
public static class StateDictLoader
{
    /// <summary>Opens <paramref name="path"/> and loads it.</summary>
    /// <inheritdoc cref="Load(nn.Module, ICheckpoint, LoadOptions?)"/>
    public static LoadReport Load(nn.Module module, string path, LoadOptions? options = null)
    {
        using var checkpoint = Checkpoint.Open(path, options?.Part);
        return Load(module, checkpoint, options);
    }

    /// <summary>
    /// Fills the live tensors of <paramref name="module"/> in place, on whatever device they are, one after the other:
    /// no second copy of the weights is held. Floating-point types are converted to the module's.
    /// Everything is checked before the first write, so a module is filled whole or not touched.
    /// </summary>
    /// <exception cref="MedBenchException">Keys, shapes or types differ; lists all of them.</exception>
    public static LoadReport Load(nn.Module module, ICheckpoint checkpoint, LoadOptions? options = null)
    {
        options ??= new LoadOptions();
        var incoming = Rename(checkpoint, options, out var ignored, out var dropped);
        var diff = new LoadDiff();
        var plan = new List<(string Name, TensorEntry Entry, Tensor Tensor, Tensor? Adapted)>();
        var kept = new List<string>();
        foreach (var (name, tensor) in StateDict.Of(module))
        {
            if (options.IsReplaced(name))
            {
                kept.Add(name);
            }
            else if (incoming.Remove(name, out var entry))
            {
                bool fits = HasLikeType(entry, tensor) && entry.Shape.SequenceEqual(tensor.shape);
                var adapted = fits ? null : Adapt(checkpoint, entry, name, tensor, options);
                plan.Add((name, entry, tensor, adapted));
                if (!fits && adapted is null) diff.Unlike.Add((entry with { Name = name }, Describe(name, tensor)));
            }
            else if (!options.Strict || name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                kept.Add(name);
            }
            else
            {
                diff.Missing.Add(Describe(name, tensor));
            }
        }
        if (options.Strict) diff.Unexpected.AddRange(incoming.Select(x => x.Value with { Name = x.Key }));
        else ignored.AddRange(incoming.Keys);
        if (!diff.IsEmpty)
        {
            plan.ForEach(p => p.Adapted?.Dispose());
            throw diff.ToException(checkpoint.Path, module.GetType().Name);
        }

        foreach (var (_, entry, tensor, adapted) in plan)
        {
            if (adapted is null) checkpoint.Read(entry, tensor);
            else Copy(adapted, tensor);
        }
        return new LoadReport(
            checkpoint.Path,
            [.. plan.Select(p => p.Name)],
            [.. plan.Where(p => p.Entry.Type != p.Tensor.dtype).Select(p => p.Name)],
            [.. plan.Where(p => p.Adapted is not null).Select(p => p.Name)],
            kept,
            ignored,
            dropped);
    }

    private static OrderedDictionary<string, TensorEntry> Rename(ICheckpoint checkpoint, LoadOptions options, out List<string> ignored, out List<string> dropped)
    {
        var incoming = new OrderedDictionary<string, TensorEntry>(StringComparer.Ordinal);
        (ignored, dropped) = ([], []);
        foreach (var entry in checkpoint.Entries)
        {
            string? name = options.Rename.Apply(entry.Name);
            if (name is null) dropped.Add(entry.Name);
            else if (options.IsReplaced(name)) ignored.Add(name);
            else if (!incoming.TryAdd(name, entry))
                throw new MedBenchException($"{checkpoint.Path}: '{incoming[name].Name}' and '{entry.Name}' are both renamed to '{name}'", "correct the rename rules");
        }
        return incoming;
    }

    // Between floating-point types a conversion is what was meant; any other would change values unseen.
    private static bool HasLikeType(TensorEntry entry, Tensor tensor) =>
        entry.Type == tensor.dtype || (ElementType.Of(entry.Type).IsFloat && ElementType.Find(tensor.dtype) is { IsFloat: true });

    private static Tensor? Adapt(ICheckpoint checkpoint, TensorEntry entry, string name, Tensor tensor, LoadOptions options)
    {
        if (!HasLikeType(entry, tensor) || !tensor.is_floating_point()) return null;
        using var noGrad = no_grad();
        using var stored = empty([.. entry.Shape], tensor.dtype, CPU);
        checkpoint.Read(entry, stored);
        var adapted = options.Adapt(name, stored, tensor.shape);
        return adapted is null || adapted.shape.SequenceEqual(tensor.shape)
            ? adapted
            : throw new InvalidOperationException($"'{name}' was adapted to [{string.Join(", ", adapted.shape)}] instead of [{string.Join(", ", tensor.shape)}]");
    }

    private static void Copy(Tensor adapted, Tensor tensor)
    {
        using var noGrad = no_grad();
        using (adapted) tensor.copy_(adapted);
    }

    private static TensorEntry Describe(string name, Tensor tensor) => new(name, tensor.dtype, tensor.shape);
}

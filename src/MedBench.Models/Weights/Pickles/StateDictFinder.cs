using MedBench.Core.Errors;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Pickles;

/// <summary>A state dict in a checkpoint.</summary>
/// <param name="Tensors">By key.</param>
/// <param name="Part">Where it lay, such as <c>state_dict_ema</c>, or <c>model/net</c>; null at the top.</param>
/// <param name="Left">Other parts that hold tensors, and were not read.</param>
internal sealed record FoundStateDict(IReadOnlyList<(string Name, TensorView View)> Tensors, string? Part, IReadOnlyList<string> Left);

/// <summary>Finds the state dict in what a checkpoint holds: at the top, or inside the wrappers that trainers write.</summary>
internal static class StateDictFinder
{
    private const int MaxDepth = 4;

    // Where a checkpoint holds several, the first counts: timm's loader takes averaged weights before raw ones, and state_dict before model
    // (load_state_dict in timm/models/_helpers.py); net is MedMNIST's own wrapper; DINO's teacher is the average of its student.
    private static readonly string[] s_wrappers = ["state_dict_ema", "model_ema", "state_dict", "model", "model_state_dict", "net", "teacher", "student"];

    /// <summary>The state dict.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="root">What it holds.</param>
    /// <param name="part">The wrapper to read at the top; null for the first of those that are known.</param>
    /// <exception cref="MedBenchException">There is none, or no such part.</exception>
    public static FoundStateDict Find(CheckpointBytes file, object? root, string? part)
    {
        var (taken, left) = (new List<string>(), new List<string>());
        for (int depth = 0; root is OrderedDictionary<object, object?> dict; depth++)
        {
            string[] held = [.. s_wrappers.Where(w => dict.GetValueOrDefault(w) is OrderedDictionary<object, object?>)];
            if (depth == 0 && part is not null)
                held = dict.GetValueOrDefault(part) is OrderedDictionary<object, object?> ? [part, .. held.Except([part])] : throw Names.Unknown($"part of {file.Path}", part, held);
            if (held.Length > 0 && depth < MaxDepth)
            {
                taken.Add(held[0]);
                if (depth == 0) left.AddRange(held.Skip(1).Where(w => HoldsTensors(dict[w])));
                root = dict[held[0]];
                continue;
            }
            // Counters and the like beside the tensors are not weights.
            var tensors = dict.Where(x => x.Value is TensorView).Select(x => (x.Key as string ?? throw file.Error($"has a tensor under the key {x.Key}, which is not text"), (TensorView)x.Value!)).ToList();
            if (tensors.Count > 0) return new FoundStateDict(tensors, taken.Count == 0 ? null : string.Join('/', taken), left);
            break;
        }
        throw file.Error("holds no state dict", $"save the tensors at the top or under {string.Join(" or ", s_wrappers.Select(w => $"'{w}'"))}");
    }

    private static bool HoldsTensors(object? value, int depth = 0) =>
        value is TensorView || (depth < MaxDepth && value is OrderedDictionary<object, object?> dict && dict.Any(x => HoldsTensors(x.Value, depth + 1)));
}

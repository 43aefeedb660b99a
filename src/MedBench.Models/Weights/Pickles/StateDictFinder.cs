using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Pickles;

/// <summary>Finds the state dict in what a checkpoint holds: at the top, or inside the wrappers that trainers write.</summary>
internal static class StateDictFinder
{
    private const int MaxDepth = 4;

    // In this order, where a checkpoint holds several.
    private static readonly string[] s_wrappers = ["state_dict", "model_state_dict", "model", "net"];

    public static List<(string Name, TensorView View)> Find(CheckpointBytes file, object? root)
    {
        for (int depth = 0; root is OrderedDictionary<object, object?> dict; depth++)
        {
            object? inner = s_wrappers.Select(w => dict.GetValueOrDefault(w)).FirstOrDefault(v => v is OrderedDictionary<object, object?>);
            if (inner is not null && depth < MaxDepth)
            {
                root = inner;
                continue;
            }
            // Counters and the like beside the tensors are not weights.
            var tensors = dict.Where(x => x.Value is TensorView).Select(x => (x.Key as string ?? throw file.Error($"has a tensor under the key {x.Key}, which is not text"), (TensorView)x.Value!)).ToList();
            if (tensors.Count > 0) return tensors;
            break;
        }
        throw file.Error("holds no state dict", $"save the tensors at the top or under {string.Join(" or ", s_wrappers.Select(w => $"'{w}'"))}");
    }
}

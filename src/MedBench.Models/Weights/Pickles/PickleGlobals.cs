using System.Collections.Frozen;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Pickles;

/// <summary>The names that a pickle may mention. Nothing else is looked up, imported or called.</summary>
internal static class PickleGlobals
{
    private static readonly Constructor[] s_constructors =
    [
        new("collections.OrderedDict", args => args switch
        {
            [] => new OrderedDictionary<object, object?>(),
            // Python 2 pickled it as a list of [key, value].
            [List<object?> pairs] => FromPairs(pairs),
            _ => null,
        }),
        new("torch.Size", args => args is [object?[] sizes] ? sizes : null),
        new("torch._utils._rebuild_tensor", args => args is [StorageRef s, long offset, object?[] shape, object?[] strides]
            ? View(s, s.Type, offset, shape, strides) : null),
        new("torch._utils._rebuild_tensor_v2", args => args is [StorageRef s, long offset, object?[] shape, object?[] strides, bool, _, ..]
            ? View(s, s.Type, offset, shape, strides) : null),
        new("torch._utils._rebuild_tensor_v3", args => args is [StorageRef s, long offset, object?[] shape, object?[] strides, bool, _, ElementType type, ..]
            ? View(s, type, offset, shape, strides) : null),
        new("torch._utils._rebuild_parameter", args => args is [TensorView data, bool, _] ? data : null),
        new("torch._utils._rebuild_parameter_with_state", args => args is [TensorView data, bool, _, _] ? data : null),
    ];

    private static readonly FrozenDictionary<string, object> s_allowed = Allowed().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What <c>module.name</c> stands for, or null where it is not allowed.</summary>
    public static object? Find(string module, string name) => s_allowed.GetValueOrDefault($"{module}.{name}");

    private static Dictionary<string, object> Allowed()
    {
        var allowed = new Dictionary<string, object>
        {
            ["torch.storage.UntypedStorage"] = new StorageClass(null),
            ["torch.UntypedStorage"] = new StorageClass(null),
        };
        foreach (var type in ElementType.All)
        {
            allowed[$"torch.{type.Storage}"] = new StorageClass(type);
            allowed[$"torch.{type.Torch}"] = type;
        }
        foreach (var constructor in s_constructors) allowed[constructor.Name] = constructor;
        return allowed;
    }

    private static TensorView? View(StorageRef storage, ElementType? type, long offset, object?[] shape, object?[] strides)
    {
        // An offset beyond any real file would overflow when it is scaled to bytes.
        if (type is null || offset is < 0 or > long.MaxValue / 16 || !shape.All(x => x is long) || !strides.All(x => x is long)) return null;
        return new TensorView(storage, type, storage.Offset + offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()]);
    }

    private static OrderedDictionary<object, object?>? FromPairs(List<object?> pairs)
    {
        var result = new OrderedDictionary<object, object?>();
        foreach (object? pair in pairs)
        {
            if (pair is not List<object?> items || items is not [{ } key, var value] || !Unpickler.IsKey(key)) return null;
            result[key] = value;
        }
        return result;
    }
}

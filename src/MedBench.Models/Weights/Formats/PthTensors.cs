using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Pickles;

namespace MedBench.Models.Weights.Formats;

/// <summary>From views on named storages to places in the file, with every bound checked.</summary>
internal static class PthTensors
{
    public static IReadOnlyList<MappedTensor> Locate(
        CheckpointBytes file, IEnumerable<(string Name, TensorView View)> tensors, bool bigEndian, Func<StorageRef, (long Start, long Length)> find)
    {
        return [.. tensors.Select(t => Locate(file, t.Name, t.View, bigEndian, find(t.View.Storage)))];
    }

    private static MappedTensor Locate(CheckpointBytes file, string name, TensorView view, bool bigEndian, (long Start, long Length) storage)
    {
        var (type, shape, strides) = (view.Type, view.Shape, view.Strides);
        if (shape.Length != strides.Length || Shapes.Elements(shape) is not { } elements || Shapes.Reach(shape, strides) is not { } reach)
            throw file.Error($"has an impossible shape {Shapes.Text(shape)} with strides {Shapes.Text(strides)} for '{name}'");
        Int128 end = elements == 0 ? 0 : ((Int128)view.Offset + reach + 1) * type.Size;
        if (view.Offset < 0 || end > storage.Length)
            throw file.Error($"has '{name}' reach byte {end} of its storage, which has {storage.Length}");
        return new MappedTensor(name, type, shape, strides, elements == 0 ? storage.Start : storage.Start + view.Offset * type.Size, bigEndian);
    }
}

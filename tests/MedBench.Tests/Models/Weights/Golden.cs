using MedBench.Models.Weights.Bytes;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>The files that a real PyTorch wrote (Golden/weights/make_fixtures.py), and what is in them.</summary>
internal static class Golden
{
    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "weights", name);

    /// <summary>The values of make_fixtures.py: i * 0.5 - 1.</summary>
    public static double[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => i * 0.5 - 1)];

    /// <summary>A tensor's values in row-major order, read as stored and then widened.</summary>
    public static double[] Values(this ICheckpoint checkpoint, string name)
    {
        var entry = checkpoint.Entries.Single(e => e.Name == name);
        using var tensor = empty([.. entry.Shape], entry.Type);
        checkpoint.Read(name, tensor);
        using var wide = tensor.to(ScalarType.Float64);
        return wide.NumberOfElements == 0 ? [] : wide.data<double>().ToArray();
    }

    public static long[] Shape(this ICheckpoint checkpoint, string name) => [.. checkpoint.Entries.Single(e => e.Name == name).Shape];
}

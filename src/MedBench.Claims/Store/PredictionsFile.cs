using System.Runtime.InteropServices;
using MedBench.Data.Files;
using MedBench.Data.Npz;

namespace MedBench.Claims.Store;

/// <summary><c>predictions.npz</c>: for each split, <c>{split}_scores</c> (float32, count × width) and <c>{split}_labels</c> (int32, count × label width).</summary>
public static class PredictionsFile
{
    /// <summary>Writes the file; equal predictions give equal bytes.</summary>
    public static void Write(string path, IReadOnlyList<Predictions> predictions) => AtomicFile.Write(path, stream =>
    {
        using var npz = new NpzWriter(stream);
        foreach (var p in predictions)
        {
            npz.Add($"{p.Split}_scores", "<f4", [p.Count, p.Width], content => content.Write(MemoryMarshal.AsBytes<float>(p.Scores)));
            npz.Add($"{p.Split}_labels", "<i4", [p.Count, p.LabelWidth], content => content.Write(MemoryMarshal.AsBytes<int>(p.Labels)));
        }
    });
}

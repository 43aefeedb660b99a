using System.Runtime.InteropServices;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Data.Npz;

namespace MedBench.Runs.Store;

/// <summary><c>predictions.npz</c>: for each split, <c>{split}_scores</c> (float32, count × width) and <c>{split}_labels</c> (int32, count × label width), and of k-NN <c>{split}_moves</c> (float32, likewise).</summary>
public static class PredictionsFile
{
    /// <summary>Its name in a run's folder.</summary>
    public const string Name = "predictions.npz";

    private const string ScoresEnding = "_scores", MovesEnding = "_moves";
    private const string Fix = "put the file back as it was written, or move the run's folder out of the store and run again";

    /// <summary>Reads the file, in the order it was written.</summary>
    /// <exception cref="MedBenchException">It is absent, damaged, or of another form.</exception>
    public static IReadOnlyList<Predictions> Read(string path)
    {
        using var npz = new NpzReader(path, Fix);
        return [.. npz.Keys.Where(k => k.EndsWith(ScoresEnding, StringComparison.Ordinal)).Select(k => k[..^ScoresEnding.Length]).Select(split =>
        {
            var (scores, shape) = npz.Singles($"{split}{ScoresEnding}");
            var (labels, labelShape) = npz.Integers($"{split}_labels");
            float[]? moves = npz.Keys.Contains($"{split}{MovesEnding}") ? npz.Singles($"{split}{MovesEnding}").Values : null;
            return shape is [> 0, > 0] && labelShape is [var count, > 0] && count == shape[0] && (moves is null || moves.Length == labels.Length)
                ? new Predictions(split, scores, labels, count, moves)
                : throw new MedBenchException($"{path}: '{split}' has scores of shape ({string.Join(", ", shape)}) and labels of shape ({string.Join(", ", labelShape)})", Fix);
        })];
    }

    /// <summary>Writes the file; equal predictions give equal bytes.</summary>
    public static void Write(string path, IReadOnlyList<Predictions> predictions) => AtomicFile.Write(path, stream =>
    {
        using var npz = new NpzWriter(stream);
        foreach (var p in predictions)
        {
            npz.Add($"{p.Split}_scores", "<f4", [p.Count, p.Width], content => content.Write(MemoryMarshal.AsBytes<float>(p.Scores)));
            npz.Add($"{p.Split}_labels", "<i4", [p.Count, p.LabelWidth], content => content.Write(MemoryMarshal.AsBytes<int>(p.Labels)));
            if (p.Moves is { } moves) npz.Add($"{p.Split}{MovesEnding}", "<f4", [p.Count, p.LabelWidth], content => content.Write(MemoryMarshal.AsBytes<float>(moves)));
        }
    });
}

using static TorchSharp.torch;

namespace MedBench.Training.Neighbours;

/// <summary>The pairs of images that an encoder holds for most alike.</summary>
public static class NearestPairs
{
    /// <summary>Each row with its nearest other rows by the cosine of what is left when the mean of all is taken off; each pair once, the smaller position first, in order.</summary>
    /// <param name="features">float32 (N, D) on the CPU.</param>
    /// <param name="neighbours">Nearest rows of each, at most; at least 1.</param>
    public static IReadOnlyList<(int First, int Second, double Cosine)> Of(Tensor features, int neighbours)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var directions = nn.functional.normalize(features - features.mean([0], keepdim: true), dim: 1);
        using var index = new NearestNeighbours(directions);
        var found = new Dictionary<(int, int), double>();
        foreach (var (i, row) in index.Search(directions, neighbours + 1).Index())
            foreach (var (j, distance) in row.Where(n => n.Position != i).Take(neighbours))
                found[(Math.Min(i, j), Math.Max(i, j))] = 1 - distance * distance / 2; // Of vectors of length 1.
        return [.. found.Select(p => (p.Key.Item1, p.Key.Item2, p.Value)).Order()];
    }
}

namespace MedBench.Training.Neighbours;

/// <summary>Labels from neighbours' labels, as doerrich2025's <c>knn_majority_vote</c> takes them.</summary>
public static class MajorityVote
{
    /// <summary>The most frequent class; the smallest of equals, as SciPy's <c>mode</c>.</summary>
    public static byte Class(IEnumerable<byte> labels) => labels.GroupBy(l => l).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;

    /// <summary>Per finding, whether more than half of the neighbours have it.</summary>
    /// <param name="neighbours">One row of 0/1 labels per neighbour.</param>
    public static byte[] Labels(IReadOnlyList<byte[]> neighbours) =>
        [.. Enumerable.Range(0, neighbours[0].Length).Select(finding => (byte)(2 * neighbours.Count(row => row[finding] == 1) > neighbours.Count ? 1 : 0))];
}

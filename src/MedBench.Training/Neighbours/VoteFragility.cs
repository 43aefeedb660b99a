namespace MedBench.Training.Neighbours;

/// <summary>
/// How far a vote of neighbours is from another outcome. Other arithmetic (TF32 in a GPU's convolutions, another sum order) moves every distance a
/// little; an outcome is fragile if moves of a relative ε, each distance between d·(1 − ε) and d·(1 + ε), can turn it.
/// </summary>
public static class VoteFragility
{
    /// <summary>Neighbours that are looked at for k votes: those behind the k-th may come in.</summary>
    public static int Reach(int k) => 2 * k;

    /// <summary>
    /// The smallest ε at which another set of k neighbours elects <paramref name="target"/>; infinite where none of those at hand does. The vote is
    /// <see cref="MajorityVote.Class"/>: most votes, the smallest class of equals. 0 means a tie of distances.
    /// </summary>
    /// <param name="labels">Class of each neighbour, nearest first, in [0, classes).</param>
    /// <param name="distances">Their distances, ascending, at least 0.</param>
    /// <param name="k">How many vote.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="target">The class to elect.</param>
    public static double Epsilon(ReadOnlySpan<byte> labels, ReadOnlySpan<double> distances, int k, int classes, int target)
    {
        double least = double.PositiveInfinity;
        Span<int> sure = stackalloc int[classes], open = stackalloc int[classes];
        // Neighbours a … b − 1 (from 0) may change places once d[b − 1]·(1 − ε) ≤ d[a]·(1 + ε); those before a stay in.
        for (int a = k - 1; a >= 0; a--)
        {
            sure.Clear();
            foreach (byte label in labels[..a]) sure[label]++;
            for (int b = k + 1; b <= labels.Length; b++)
            {
                double epsilon = Move(distances[a], distances[b - 1]);
                if (epsilon >= least) break;
                open.Clear();
                foreach (byte label in labels[a..b]) open[label]++;
                if (CanElect(sure, open, k - a, target)) least = epsilon;
            }
        }
        return least;
    }

    // With every open vote for the target that there is room for, can the rest of the places be filled without another class winning?
    private static bool CanElect(ReadOnlySpan<int> sure, ReadOnlySpan<int> open, int places, int target)
    {
        int mine = Math.Min(open[target], places), votes = sure[target] + mine, room = 0;
        for (int c = 0; c < sure.Length; c++)
        {
            if (c == target) continue;
            int most = (c < target ? votes - 1 : votes) - sure[c];
            if (most < 0) return false;
            room += Math.Min(open[c], most);
        }
        return room >= places - mine;
    }

    private static double Move(double near, double far) => far <= near ? 0 : (far - near) / (far + near);
}

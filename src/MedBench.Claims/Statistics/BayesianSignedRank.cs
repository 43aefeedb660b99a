using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace MedBench.Claims.Statistics;

/// <summary>
/// Bayesian signed-rank test (Benavoli et al. 2014; 2017, JMLR 18/77): a Dirichlet process over the differences, with one pseudo-observation
/// at zero and strength one half; each draw of weights goes to the state that holds most of the pairwise means.
/// </summary>
/// <param name="First">Probability that the first is practically better.</param>
/// <param name="Equal">Probability that both are practically equal.</param>
/// <param name="Second">Probability that the second is practically better. The three sum to 1.</param>
public sealed record BayesianSignedRank(double First, double Equal, double Second)
{
    private const double PriorStrength = 0.5;

    // Comparisons over as many pairs share their draws, which take most of the time. Of more pairs than datasets or cells of a model, one by one.
    private const int MostShared = 32;

    private static readonly ConcurrentDictionary<(int Pairs, int Draws, int Seed), Lazy<double[]>> s_shared = new();

    /// <summary>Runs the test; O(draws × pairs).</summary>
    /// <param name="differences">First minus second, one a pair; at least one.</param>
    /// <param name="rope">Mean differences up to this count as practically equal; at least 0.</param>
    /// <param name="draws">Weights drawn, for example 10000: a probability has a Monte-Carlo error of at most 0.5/√draws.</param>
    /// <param name="seed">The probabilities are a function of it.</param>
    public static BayesianSignedRank Of(IReadOnlyList<double> differences, double rope, int draws, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(rope);
        // The first is the prior's pseudo-observation. In order of size, the pairs of one state are a range, the same in every draw.
        double[] z = [0, .. differences];
        int[] order = [.. Enumerable.Range(0, z.Length).OrderBy(i => z[i])];
        double limit = Ranks.Round(2 * rope);
        int Count(int i, Func<double, bool> holds) => order.Count(j => holds(Ranks.Round(z[i] + z[j])));
        int[] below = [.. order.Select(i => Count(i, sum => sum < -limit))], above = [.. order.Select(i => Count(i, sum => sum > limit))];
        double[] wins = new double[3], upTo = new double[z.Length + 1];
        double[] drawn = differences.Count <= MostShared
            ? s_shared.GetOrAdd((differences.Count, draws, seed), key => new(() => Weights(key.Pairs, key.Draws, key.Seed))).Value
            : Weights(differences.Count, draws, seed);
        for (int draw = 0; draw < draws; draw++)
        {
            var weights = drawn.AsSpan(draw * z.Length, z.Length);
            for (int i = 0; i < weights.Length; i++)
                upTo[i + 1] = upTo[i] + weights[order[i]];
            double total = upTo[^1], first = 0, second = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                first += weights[order[i]] * (total - upTo[weights.Length - above[i]]);
                second += weights[order[i]] * upTo[below[i]];
            }
            double equal = (total * total) - first - second;
            wins[first >= equal && first >= second ? 0 : equal >= second ? 1 : 2]++;
        }
        return new BayesianSignedRank(wins[0] / draws, wins[1] / draws, wins[2] / draws);
    }

    // One row a draw, the prior's weight first; a Dirichlet draw but for the division by the row's sum.
    private static double[] Weights(int pairs, int draws, int seed)
    {
        var random = new MersenneTwister(seed, threadSafe: false);
        double[] weights = new double[draws * (pairs + 1)];
        for (int i = 0; i < weights.Length; i++) weights[i] = Gamma.Sample(random, i % (pairs + 1) == 0 ? PriorStrength : 1, 1);
        return weights;
    }
}

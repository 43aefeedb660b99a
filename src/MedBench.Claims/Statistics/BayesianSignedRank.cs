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

    /// <summary>Runs the test; O(draws × pairs²).</summary>
    /// <param name="differences">First minus second, one a pair; at least one.</param>
    /// <param name="rope">Mean differences up to this count as practically equal; at least 0.</param>
    /// <param name="draws">Weights drawn, for example 10000: a probability has a Monte-Carlo error of at most 0.5/√draws.</param>
    /// <param name="seed">The probabilities are a function of it.</param>
    public static BayesianSignedRank Of(IReadOnlyList<double> differences, double rope, int draws, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(rope);
        double[] z = [0, .. differences];
        // Which state each pairwise mean belongs to does not change between draws.
        int[,] state = new int[z.Length, z.Length];
        for (int i = 0; i < z.Length; i++)
        {
            for (int j = 0; j < z.Length; j++)
                state[i, j] = Ranks.Round(z[i] + z[j]) is var sum && sum > Ranks.Round(2 * rope) ? 0 : sum < -Ranks.Round(2 * rope) ? 2 : 1;
        }
        var random = new MersenneTwister(seed, threadSafe: false);
        double[] wins = new double[3], weights = new double[z.Length];
        for (int draw = 0; draw < draws; draw++)
        {
            for (int i = 0; i < weights.Length; i++)
                weights[i] = Gamma.Sample(random, i == 0 ? PriorStrength : 1, 1);
            double[] held = new double[3];
            for (int i = 0; i < z.Length; i++)
            {
                for (int j = 0; j < z.Length; j++)
                    held[state[i, j]] += weights[i] * weights[j];
            }
            wins[held.Index().MaxBy(h => h.Item).Index]++;
        }
        return new BayesianSignedRank(wins[0] / draws, wins[1] / draws, wins[2] / draws);
    }
}

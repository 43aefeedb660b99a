namespace MedBench.Claims.Statistics;

/// <summary>How many seeds of ours a decision would need, if mean and spread stay what they are.</summary>
public static class SeedPlan
{
    /// <summary>No more than this is looked for.</summary>
    public const int MaxSeeds = 1000;

    /// <summary>The smallest number of our seeds, above <paramref name="ourRuns"/>, for which <paramref name="decides"/> holds; null if none up to <see cref="MaxSeeds"/> does.</summary>
    /// <param name="difference">Our mean minus the published one.</param>
    /// <param name="std">Seed-to-seed standard deviation.</param>
    /// <param name="degreesOfFreedom">Of <paramref name="std"/> now.</param>
    /// <param name="ourRuns">Runs at hand.</param>
    /// <param name="publishedRuns">Runs behind the published mean.</param>
    /// <param name="decides">The test that should succeed.</param>
    public static int? Needed(double difference, double std, double degreesOfFreedom, int ourRuns, int publishedRuns, Func<MeanComparison, bool> decides)
    {
        // Every further seed adds a degree of freedom.
        MeanComparison With(int runs) => MeanComparison.Common(difference, std, degreesOfFreedom + runs - ourRuns, runs, publishedRuns);
        return First(ourRuns, runs => decides(With(runs)));
    }

    /// <summary>The smallest number of runs from <paramref name="atHand"/> for which <paramref name="decides"/> holds, if it holds for all larger ones; null if none up to <see cref="MaxSeeds"/> does.</summary>
    public static int? First(int atHand, Func<int, bool> decides)
    {
        if (atHand >= MaxSeeds || !decides(MaxSeeds))
            return null;
        if (decides(atHand))
            return atHand;
        // More seeds only narrow the error, so the answer can be bisected.
        int failing = atHand, deciding = MaxSeeds;
        while (deciding - failing > 1)
        {
            int middle = (failing + deciding) / 2;
            if (decides(middle))
                deciding = middle;
            else
                failing = middle;
        }
        return deciding;
    }
}

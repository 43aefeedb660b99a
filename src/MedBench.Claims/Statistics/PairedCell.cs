namespace MedBench.Claims.Statistics;

/// <summary>Runs of two competitors on one cell (for example one dataset); one run each where only means are known.</summary>
/// <param name="First">At least one run.</param>
/// <param name="Second">At least one run.</param>
public sealed record PairedCell(IReadOnlyList<double> First, IReadOnlyList<double> Second)
{
    /// <summary>Mean of the first minus mean of the second.</summary>
    public double Difference => First.Average() - Second.Average();

    /// <summary>P(a run of the first beats a run of the second), ties counted half.</summary>
    public double ProbabilityOfImprovement =>
        First.Sum(a => Second.Sum(b => (1 + Math.Sign(Ranks.Round(a - b))) / 2.0)) / ((double)First.Count * Second.Count);
}

using MedBench.Core.Errors;

namespace MedBench.Training.Metrics;

/// <summary>
/// Expected calibration error: mean |share right − confidence| over <see cref="Bins"/> bins of equal width in [0, 1], weighted by answers (Guo et al. 2017, ICML).
/// Of few answers it is too large even where the confidences are right, for a bin's share is then mostly chance.
/// </summary>
public static class CalibrationError
{
    /// <summary>How many bins.</summary>
    public const int Bins = 15;

    /// <summary>The error in [0, 1].</summary>
    /// <param name="answers">For each answer the confidence in it, in [0, 1], and whether it was right; at least one.</param>
    /// <exception cref="MedBenchException">A confidence is no probability.</exception>
    public static double Of(IEnumerable<(double Confidence, bool Right)> answers)
    {
        double[] confidences = new double[Bins];
        int[] correct = new int[Bins];
        int count = 0;
        foreach (var (confidence, right) in answers)
        {
            if (confidence is < 0 or > 1)
                throw new MedBenchException($"a confidence of {confidence} is no probability", "apply the sigmoid or softmax before the detailed metrics");
            int bin = Math.Min((int)(confidence * Bins), Bins - 1);
            confidences[bin] += confidence;
            correct[bin] += right ? 1 : 0;
            count++;
        }
        return confidences.Zip(correct, (sum, hits) => Math.Abs(hits - sum)).Sum() / count;
    }
}

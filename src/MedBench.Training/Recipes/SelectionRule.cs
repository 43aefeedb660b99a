namespace MedBench.Training.Recipes;

/// <summary>Which epoch's weights are tested: the best on the validation split, the first of equals.</summary>
public sealed record SelectionRule
{
    /// <summary>What is compared; strictly better wins.</summary>
    public required SelectionMetric Metric { get; init; }

    /// <summary>About how many evaluations are spread over the run (see <see cref="IsDue"/>); null for one after every epoch.</summary>
    public int? Evaluations { get; init; }

    /// <summary>
    /// Whether epoch <paramref name="epoch"/> of <paramref name="epochs"/> ends with an evaluation: every <c>epochs // evaluations</c>-th,
    /// counted from 0, and the last (wu2025, SFT/Common_Trainer.py: <c>epoch % (total_epoch // num_evl) == 0</c>).
    /// </summary>
    public bool IsDue(int epoch, int epochs) =>
        Evaluations is not { } count || epoch == epochs - 1 || epoch % (epochs / Math.Min(count, epochs)) == 0;
}

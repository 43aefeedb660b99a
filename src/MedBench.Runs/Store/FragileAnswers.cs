namespace MedBench.Runs.Store;

/// <summary>Answers of a deterministic method that small moves of its distances could turn, by the smallest relative move that does.</summary>
/// <param name="Answers">All answers: images, or images × findings.</param>
/// <param name="Right">Of right answers that a move of at most <see cref="UpTo"/> could make wrong: that move, ascending.</param>
/// <param name="Wrong">Of wrong answers that such a move could make right, likewise.</param>
public sealed record FragileAnswers(int Answers, IReadOnlyList<double> Right, IReadOnlyList<double> Wrong)
{
    /// <summary>Largest move that is looked at, relative to the distance.</summary>
    public const double UpTo = 0.01;

    /// <summary>Counts the answers of one split.</summary>
    /// <param name="predictions">Votes, labels and moves.</param>
    /// <returns>Null where the moves are not on record.</returns>
    public static FragileAnswers? Of(Predictions predictions)
    {
        if (predictions.Moves is not { } moves) return null;
        int width = moves.Length / predictions.Count;
        var turnable = Enumerable.Range(0, moves.Length).Where(i => moves[i] <= UpTo).ToLookup(i => IsRight(predictions, i / width, i % width));
        double[] Of(bool right) => [.. turnable[right].Select(i => (double)moves[i]).Order()];
        return new FragileAnswers(moves.Length, Of(true), Of(false));
    }

    /// <summary>Whether a vote is right: of a class the one with the vote, of a finding yes or no.</summary>
    private static bool IsRight(Predictions p, int image, int finding) => p.LabelWidth == 1
        ? p.Scores[image * p.Width + p.Labels[image]] == 1
        : (int)p.Scores[image * p.Width + finding] == p.Labels[image * p.LabelWidth + finding];

    /// <summary>Accuracies that can be reached if every distance moves by at most <paramref name="epsilon"/>.</summary>
    /// <param name="accuracy">The accuracy that was found, a fraction.</param>
    /// <param name="epsilon">Relative move, at most <see cref="UpTo"/>.</param>
    /// <returns>Lowest and highest, and how many answers can turn.</returns>
    public (double Low, double High, int Fragile) Band(double accuracy, double epsilon)
    {
        int right = Right.Count(move => move <= epsilon), wrong = Wrong.Count(move => move <= epsilon);
        return (accuracy - right / (double)Answers, accuracy + wrong / (double)Answers, right + wrong);
    }
}

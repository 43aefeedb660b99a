namespace MedBench.Training.Metrics;

/// <summary>What the two headline metrics hide.</summary>
/// <param name="Headline">Accuracy and AUC.</param>
/// <param name="Classes">Each class, or each label.</param>
/// <param name="BalancedAccuracy">Mean recall over classes; multi-label: mean over labels of (recall + specificity) / 2. Null if a class is absent.</param>
/// <param name="ExpectedCalibrationError">
/// As <see cref="CalibrationError"/> has it.
/// The confidence is that of the predicted class: the highest score; for yes/no questions p or 1 − p. Multi-label: over all (image, label) pairs.
/// </param>
/// <param name="Confusion">Images by [true class][predicted class]; null for multi-label, where <paramref name="Classes"/> holds the counts.</param>
public sealed record DetailedScores(
    Scores Headline,
    IReadOnlyList<ClassScores> Classes,
    double? BalancedAccuracy,
    double ExpectedCalibrationError,
    IReadOnlyList<IReadOnlyList<int>>? Confusion)
{
    internal static DetailedScores Of(ScoredSplit split, Scores headline)
    {
        bool multiLabel = split.Task == MetricTask.MultiLabel;
        ClassScores[] classes = [.. Enumerable.Range(0, split.Classes).Select(c => OneClass(split, c))];
        // A sum with a null is null: an absent class leaves the mean undefined.
        double? sum = classes.Aggregate((double?)0, (total, c) => total + (multiLabel ? (c.Recall + c.Specificity) / 2 : c.Recall));
        return new DetailedScores(headline, classes, sum / classes.Length, CalibrationError.Of(split.Decisions()), multiLabel ? null : ConfusionOf(split));
    }

    private static ClassScores OneClass(ScoredSplit split, int c)
    {
        // A two-class dataset has one question; class 0 is its "no".
        bool mirrored = split.Task == MetricTask.Binary && c == 0;
        int question = split.Task == MetricTask.Binary ? 0 : c;
        int[] counts = new int[4];
        for (int i = 0; i < split.Count; i++)
        {
            bool truth = split.IsPositive(i, question) ^ mirrored, answer = split.Predicts(i, question) ^ mirrored;
            counts[(truth ? 2 : 0) + (answer ? 1 : 0)]++;
        }
        return new ClassScores(c, counts[3], counts[1], counts[2], counts[0], split.Auc(question));
    }

    private static int[][] ConfusionOf(ScoredSplit split)
    {
        int[][] confusion = [.. Enumerable.Range(0, split.Classes).Select(_ => new int[split.Classes])];
        for (int i = 0; i < split.Count; i++)
            confusion[split.TrueClass(i)][split.PredictedClass(i)]++;
        return confusion;
    }
}

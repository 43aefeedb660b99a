using System.Globalization;
using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;

namespace MedBench.Reporting.Figures;

/// <summary>Test images with what one run made of them: its surest mistakes and its surest hits.</summary>
internal static class SampleImages
{
    private const int Each = 4;
    private const double Image = 112, Column = 132, Top = 24, RowHeight = 190;

    /// <summary>The images; null for a multi-label dataset, whose images have no one class, or where the split is not the one that was predicted.</summary>
    internal static Figure? Draw(string id, string what, ScoredRun run, ImageSplit test)
    {
        if (run.Card.Task == DatasetTask.MultiLabel || test.Count != run.Predictions.Count) return null;
        var answers = Enumerable.Range(0, test.Count).Select(i => Answer(run, i)).ToList();
        var wrong = answers.Where(a => a.Predicted != a.True).OrderByDescending(a => a.Confidence).ThenBy(a => a.Index).Take(Each).ToList();
        var right = answers.Where(a => a.Predicted == a.True).OrderByDescending(a => a.Confidence).ThenBy(a => a.Index).Take(Each).ToList();
        long seed = run.Run.Result.Spec.Seed;
        string title = $"Test images: {what}";
        string description = $"Surest mistakes of seed {seed}: {Tell(wrong, run)}. Surest hits: {Tell(right, run)}.";
        var canvas = new SvgCanvas(Column * Each + 20, 2 * RowHeight);
        DrawRow(canvas, run, test, wrong, "surest mistakes", 0);
        DrawRow(canvas, run, test, right, "surest hits", RowHeight);
        return new Figure(
            id, title, $"{run.Card.Title}, {test.Width} × {test.Height} px, seed {seed}: the images of the test split that the run was surest of, wrong ones first. Licence of the images: {run.Card.License}.",
            description, canvas.ToSvg(id, title, description),
            new FigureTable(["image of the test split", "true class", "predicted class", "confidence %"], [.. wrong.Concat(right).Select(a => new FigureRow(
                [$"{a.Index}", run.Card.Labels[a.True], run.Card.Labels[a.Predicted], Show.Points(a.Confidence)], [new(a.Confidence, NumberOrigin.Predictions, $"confidence/{a.Index}", [run.Run.Id])]))]));
    }

    private static void DrawRow(SvgCanvas canvas, ScoredRun run, ImageSplit test, IReadOnlyList<Sample> samples, string heading, double y)
    {
        canvas.Text(10, y + 14, heading, "label");
        if (samples.Count == 0) canvas.Text(10, y + 40, "none", "tick");
        for (int i = 0; i < samples.Count; i++)
        {
            double x = 10 + Column * i;
            var s = samples[i];
            canvas.Raw($"<image class=\"pixels\" x=\"{SvgCanvas.N(x)}\" y=\"{SvgCanvas.N(y + Top)}\" width=\"{Image}\" height=\"{Image}\" href=\"{PixelImage.Address(test, s.Index)}\"/>")
                .Text(x, y + Top + Image + 15, Labels.Cut(run.Card.Labels[s.Predicted], 18), "row")
                .Text(x, y + Top + Image + 29, s.Predicted == s.True ? "right" : Labels.Cut($"is {run.Card.Labels[s.True]}", 19), "tick")
                .Text(x, y + Top + Image + 43, $"no. {s.Index}, {100 * s.Confidence:0.0} %", "tick");
        }
    }

    private static Sample Answer(ScoredRun run, int image) =>
        new(image, run.Split.TrueClass(image), run.Split.PredictedClass(image), run.Split.Decision(image).Confidence);

    private static string Tell(IReadOnlyList<Sample> samples, ScoredRun run) => samples.Count == 0
        ? "none"
        : string.Join("; ", samples.Select(s => string.Create(CultureInfo.InvariantCulture, $"number {s.Index} taken for {run.Card.Labels[s.Predicted]} ({100 * s.Confidence:0.0} %)") + (s.Predicted == s.True ? "" : $", is {run.Card.Labels[s.True]}")));

    private sealed record Sample(int Index, int True, int Predicted, double Confidence);
}

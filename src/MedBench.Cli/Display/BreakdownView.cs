using MedBench.Claims.Scoring;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;

namespace MedBench.Cli.Display;

/// <summary>The parts of a <see cref="ScoreSheet"/> on the terminal.</summary>
internal static class BreakdownView
{
    public static void Write(ScoreSheet sheet)
    {
        FileScore[] scores = [.. sheet.Files.Append(sheet.Ensemble).OfType<FileScore>()];
        foreach (var score in scores)
        {
            if (score.ByClass is { } classes) Classes(score, classes);
        }
        if (scores[0].ByClass is not null)
            Console.Out.WriteLine("by class: 95 % intervals, Wilson for shares and Student for the excess (mean score of the class minus its share of the images); calibration error classwise, over all images (Kull et al. 2019)");
    }

    private static void Classes(FileScore score, IReadOnlyList<ClassPart> classes)
    {
        Console.Out.WriteLine($"{Path.GetFileName(score.File)} by class:");
        Listing.Write(["class", "images", "found", "falsely named", "recall %", "interval", "precision %", "interval", "calibration error %", "excess, points", "interval"], classes.Select(c => (string[])[
            c.Label, $"{c.Images}", $"{c.Found}", $"{c.FalselyNamed}", .. Share(c.Recall), .. Share(c.Precision), Show.Points(c.CalibrationError), Show.SignedPoints(c.Excess.Value), Range(c.Excess.Interval, Show.SignedPoints)]));
    }

    private static string[] Share(Estimate? share) => share is null ? ["none", ""] : [Show.Points(share.Value), Range(share.Interval, Show.Points)];

    private static string Range(Interval? interval, Func<double, string> show) => interval is { } i ? $"{show(i.Low)} to {show(i.High)}" : "";
}

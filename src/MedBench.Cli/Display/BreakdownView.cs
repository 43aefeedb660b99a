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
        bool grouped = scores[0].OverGroups is not null;
        foreach (var score in scores)
        {
            if (score.ByClass is { } classes) Classes(score, classes, grouped);
            foreach (var table in score.By)
            {
                Parts(score, table, grouped);
                Recalls(score, table, grouped);
            }
        }
        if (scores[0].ByClass is not null)
            Console.Out.WriteLine("by class: excess is the mean score of the class minus its share of the images; calibration error classwise, over all images (Kull et al. 2019)");
        if (scores[0].By.Count > 0)
            Console.Out.WriteLine("by part: overconfidence is the mean confidence minus the share that is right; of few images a calibration error is large by chance alone");
        if (scores[0].ByClass is not null || scores[0].By.Count > 0)
            Console.Out.WriteLine($"intervals of parts: 95 %, Wilson for shares, DeLong for AUC, Student for the rest{(grouped ? "; over groups: by the design effect (Rao and Scott 1992) for shares, whole groups drawn for AUC, between groups for the rest" : "")}");
    }

    private static void Classes(FileScore score, IReadOnlyList<ClassPart> classes, bool grouped)
    {
        Console.Out.WriteLine($"{Path.GetFileName(score.File)} by class:");
        string[] intervals = Intervals(grouped);
        Listing.Write(
            ["class", "images", .. Only(grouped, "groups"), "found", "falsely named", "recall %", .. intervals, "precision %", .. intervals, "calibration error %", "excess, points", .. intervals],
            classes.Select(c => (string[])[
                c.Label, $"{c.Images}", .. Only(grouped, $"{c.Groups}"), $"{c.Found}", $"{c.FalselyNamed}",
                .. Estimated(c.Recall, grouped), .. Estimated(c.Precision, grouped), Show.Points(c.CalibrationError), .. Estimated(c.Excess, grouped, Show.SignedPoints)]));
    }

    private static void Parts(FileScore score, PartTable table, bool grouped)
    {
        Console.Out.WriteLine($"{Path.GetFileName(score.File)} by {table.By}:");
        string[] intervals = Intervals(grouped);
        Listing.Write(
            [table.By, "images", .. Only(grouped, "groups"), "right", "ACC %", .. intervals, "AUC %", .. intervals, "calibration error %", "overconfidence, points", .. intervals],
            table.Parts.Select(p => (string[])[
                p.Value, $"{p.Images}", .. Only(grouped, $"{p.Groups}"), $"{p.Right}", .. Estimated(p.Acc, grouped),
                p.Auc is { } auc ? Show.Points(auc) : "none", Range(p.AucInterval, Show.Points), .. Only(grouped, Range(p.AucOverGroups, Show.Points)),
                Show.Points(p.CalibrationError), .. Estimated(p.Overconfidence, grouped, Show.SignedPoints)]));
    }

    private static void Recalls(FileScore score, PartTable table, bool grouped)
    {
        Console.Out.WriteLine($"{Path.GetFileName(score.File)}, recall by {table.By} and class:");
        Listing.Write([table.By, "class", "images", "found", "recall %", .. Intervals(grouped)], table.Parts.SelectMany(p => p.Classes.Where(c => c.Images > 0).Select(c => (string[])[
            p.Value, c.Label, $"{c.Images}", $"{c.Found}", .. Estimated(c.Recall, grouped)])));
    }

    private static string[] Intervals(bool grouped) => ["interval", .. Only(grouped, "over groups")];

    private static string[] Only(bool grouped, string text) => grouped ? [text] : [];

    private static string[] Estimated(Estimate? estimate, bool grouped, Func<double, string>? show = null)
    {
        show ??= Show.Points;
        return estimate is null ? ["none", "", .. Only(grouped, "")] : [show(estimate.Value), Range(estimate.Interval, show), .. Only(grouped, Range(estimate.OverGroups, show))];
    }

    private static string Range(Interval? interval, Func<double, string> show) => interval is { } i ? $"{show(i.Low)} to {show(i.High)}" : "";
}

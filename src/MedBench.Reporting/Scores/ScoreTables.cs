using MedBench.Claims.Scoring;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Figures;
using MedBench.Runs.Cells;

namespace MedBench.Reporting.Scores;

/// <summary>The tables of a <see cref="ScoreSheet"/>, for the terminal and for the page.</summary>
public static class ScoreTables
{
    /// <summary>How the intervals of parts are made.</summary>
    /// <param name="grouped">Whether groups of several images are known.</param>
    public static string IntervalsOfParts(bool grouped) =>
        $"intervals of parts: 95 %, Wilson for shares, DeLong for AUC, Student for the rest{(grouped ? "; over groups: by the design effect (Rao and Scott 1992) for shares, whole groups drawn for AUC, between groups for the rest" : "")}";

    /// <summary>What the columns of <see cref="Classes"/> mean.</summary>
    public const string AboutClasses = "by class: excess is the mean score of the class minus its share of the images; calibration error classwise, over all images (Kull et al. 2019)";

    /// <summary>What the columns of <see cref="Parts"/> mean.</summary>
    public const string AboutParts = "by part: overconfidence is the mean confidence minus the share that is right; of few images a calibration error is large by chance alone";

    /// <summary>All that was scored: the files and the mean of their scores.</summary>
    public static IReadOnlyList<FileScore> All(ScoreSheet sheet) => [.. sheet.Files.Append(sheet.Ensemble).OfType<FileScore>()];

    /// <summary>A row a file, then their mean and the mean of their scores.</summary>
    public static FigureTable Files(ScoreSheet sheet)
    {
        bool grouped = IsGrouped(sheet.Files[0]);
        string[] other = ["other patients", .. Only(grouped, "other groups")];
        List<string[]> rows = [.. sheet.Files.Select(f => File(f, grouped))];
        string[] gap = Only(grouped, "");
        if (sheet.Mean is { } mean)
            rows.Add([$"mean ± std of {sheet.Files.Count} files", $"{Show.Points(mean.Acc)} ± {Show.Points(mean.AccStd)}", "", .. gap, mean.Auc is { } auc ? $"{Show.Points(auc)} ± {Show.Points(mean.AucStd!.Value)}" : "", "", .. gap, "", ""]);
        if (sheet.Ensemble is { } ensemble) rows.Add(File(ensemble, grouped));
        return Table(["file", "ACC %", .. other, "AUC %", .. other, "balanced ACC %", "calibration error %"], rows);
    }

    /// <summary>A row a class.</summary>
    public static FigureTable Classes(FileScore score, IReadOnlyList<ClassPart> classes)
    {
        bool grouped = IsGrouped(score);
        string[] intervals = Intervals(grouped);
        return Table(
            ["class", "images", .. Only(grouped, "groups"), "found", "falsely named", "recall %", .. intervals, "precision %", .. intervals, "calibration error %", "excess, points", .. intervals],
            classes.Select(c => (string[])[
                c.Label, $"{c.Images}", .. Only(grouped, $"{c.Groups}"), $"{c.Found}", $"{c.FalselyNamed}",
                .. Estimated(c.Recall, grouped), .. Estimated(c.Precision, grouped), Show.Points(c.CalibrationError), .. Estimated(c.Excess, grouped, Show.SignedPoints)]));
    }

    /// <summary>A row a part.</summary>
    public static FigureTable Parts(FileScore score, PartTable table)
    {
        bool grouped = IsGrouped(score);
        string[] intervals = Intervals(grouped);
        return Table(
            [table.By, "images", .. Only(grouped, "groups"), "right", "ACC %", .. intervals, "AUC %", .. intervals, "calibration error %", "overconfidence, points", .. intervals],
            table.Parts.Select(p => (string[])[
                p.Value, $"{p.Images}", .. Only(grouped, $"{p.Groups}"), $"{p.Right}", .. Estimated(p.Acc, grouped),
                .. Estimated(p.AucEstimate, grouped), Show.Points(p.CalibrationError), .. Estimated(p.Overconfidence, grouped, Show.SignedPoints)]));
    }

    /// <summary>A row a part and class that it has images of.</summary>
    public static FigureTable Recalls(FileScore score, PartTable table)
    {
        bool grouped = IsGrouped(score);
        return Table([table.By, "class", "images", "found", "recall %", .. Intervals(grouped)], table.Parts.SelectMany(p => p.Classes.Where(c => c.Images > 0).Select(c => (string[])[
            p.Value, c.Label, $"{c.Images}", $"{c.Found}", .. Estimated(c.Recall, grouped)])));
    }

    /// <summary>Scores on test images with and without a twin in training, as a sentence; null where no audit is on record.</summary>
    public static string? Twins(FileScore score) => score.TwinFree is { } twins ? $"{Path.GetFileName(score.File)}: {twins.Words(Metric.Acc, Metric.Auc)}" : null;

    /// <summary>A printed number and what follows from the files, as a sentence.</summary>
    public static string Against(ScoredCell cell) =>
        $"against {cell.Cell}, printed {Show.Points(cell.Printed)} %: {cell.Verdict.Kind.Words()}: {cell.Verdict.Reason}{(cell.Convention is { } convention ? $"; {convention}" : "")}";

    /// <summary>"12.34", or "none".</summary>
    public static string Percent(double? value) => value is { } v ? Show.Points(v) : "none";

    internal static bool IsGrouped(FileScore score) => score.OverGroups is not null;

    /// <summary>"1.23 to 4.56"; empty for none.</summary>
    internal static string Range(Interval? interval, Func<double, string> show) => interval is { } i ? $"{show(i.Low)} to {show(i.High)}" : "";

    private static string[] File(FileScore f, bool grouped) => [
        Path.GetFileName(f.File), Show.Points(f.Acc), Range(f.AccPatients, Show.Points), .. Only(grouped, Range(f.OverGroups?.Acc, Show.Points)),
        Percent(f.Auc), Range(f.AucPatients, Show.Points), .. Only(grouped, Range(f.OverGroups?.Auc, Show.Points)), Percent(f.BalancedAccuracy), Show.Points(f.CalibrationError)];

    private static string[] Intervals(bool grouped) => ["interval", .. Only(grouped, "over groups")];

    private static string[] Only(bool grouped, string text) => grouped ? [text] : [];

    private static string[] Estimated(Estimate? estimate, bool grouped, Func<double, string>? show = null)
    {
        show ??= Show.Points;
        return estimate is null ? ["none", "", .. Only(grouped, "")] : [show(estimate.Value), Range(estimate.Interval, show), .. Only(grouped, Range(estimate.OverGroups, show))];
    }

    private static FigureTable Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows) => new(columns, [.. rows.Select(r => new FigureRow(r, []))]);
}

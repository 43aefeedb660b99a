using MedBench.Claims.Scoring;
using MedBench.Claims.Statistics;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Data.Datasets;

namespace MedBench.Cli.Display;

/// <summary>A <see cref="ScoreSheet"/> on the terminal.</summary>
internal static class ScoreView
{
    public static void Write(ScoreSheet sheet, DatasetCard card, string? groups)
    {
        Console.Out.WriteLine($"{card.Title}, test split, {card.Splits.Test} images; labels: {sheet.Labels}");
        bool grouped = sheet.Files[0].OverGroups is not null;
        var rows = sheet.Files.Select(f => Row(f, grouped)).ToList();
        string[] gap = grouped ? [""] : [];
        if (sheet.Mean is { } mean) rows.Add([$"mean ± std of {sheet.Files.Count} files", $"{Show.Points(mean.Acc)} ± {Show.Points(mean.AccStd)}", "", .. gap, mean.Auc is { } auc ? $"{Show.Points(auc)} ± {Show.Points(mean.AucStd!.Value)}" : "", "", .. gap, "", ""]);
        if (sheet.Ensemble is { } ensemble) rows.Add(Row(ensemble, grouped));
        string[] other = grouped ? ["other patients", "other groups"] : ["other patients"];
        Listing.Write(["file", "ACC %", .. other, "AUC %", .. other, "balanced ACC %", "calibration error %"], rows);
        foreach (var file in sheet.Files) Notes(file);
        if (sheet.Files.Count == 1) Classes(sheet.Files[0], card);
        foreach (var file in sheet.Files.Append(sheet.Ensemble).OfType<FileScore>()) Twins(file);
        BreakdownView.Write(sheet);
        if (sheet.Files[0].TwinFree is { LabelConflicts: { Count: > 0 } conflicts })
            Console.Out.WriteLine($"test images with a twin of another label (index from 0): {string.Join(", ", conflicts)}");
        foreach (var cell in sheet.Against)
        {
            Console.Out.WriteLine($"against {cell.Cell}, printed {Show.Points(cell.Printed)} %: {cell.Verdict.Kind.Words()}: {cell.Verdict.Reason}");
            if (cell.Convention is { } convention) Console.Out.WriteLine($"  {convention}");
        }
        Console.Out.WriteLine("other patients: 95 % intervals, Wilson for ACC and DeLong for AUC; the network stays as it is");
        if (sheet.Files[0].OverGroups is { } clustered)
            Console.Out.WriteLine($"other groups: 95 % intervals of {clustered.Draws} draws (seed {clustered.Seed}) of whole groups among those of their rarest class; {clustered.Groups} groups of up to {Show.Count(clustered.Largest, "test image")} from {groups}");
    }

    private static string[] Row(FileScore f, bool grouped) => [
        Path.GetFileName(f.File), Show.Points(f.Acc), Range(f.AccPatients), .. grouped ? [Range(f.OverGroups?.Acc)] : (string[])[], f.Auc is { } auc ? Show.Points(auc) : "none", Range(f.AucPatients), .. grouped ? [Range(f.OverGroups?.Auc)] : (string[])[],
        f.BalancedAccuracy is { } balanced ? Show.Points(balanced) : "none", Show.Points(f.CalibrationError)];

    private static void Notes(FileScore f)
    {
        string name = Path.GetFileName(f.File);
        if (f.AucUndefined is { } reason) Console.Out.WriteLine($"{name}: no AUC: {reason}");
        if (f.Named is { } named) Console.Out.WriteLine($"{name}: its name says ACC {Show.Number(named.Acc, 3)}, AUC {(named.Auc is { } auc ? Show.Number(auc, 3) : "nan")}: {(named.Agrees ? "agrees" : "DIFFERS")}");
        if (f is { AucOfBothColumns: { } both, Auc: { } last } && Math.Abs(both - last) > 5e-7)
            Console.Out.WriteLine($"{name}: AUC {Show.Number(last, 6)} by the last column, as MedMNIST has it; {Show.Number(both, 6)} as the mean of both columns', as some print it: rounding made ties in one column and not in the other");
    }

    private static void Classes(FileScore f, DatasetCard card) => Listing.Write(
        ["class", "images", "recall %", "precision %", "specificity %", "AUC %"],
        f.Classes.Select(c => (string[])[card.Labels[c.Class], $"{c.Support}", Percent(c.Recall), Percent(c.Precision), Percent(c.Specificity), Percent(c.Auc)]));

    private static void Twins(FileScore f)
    {
        if (f.TwinFree is not { } twins) return;
        if (twins.With.Images == 0)
        {
            Console.Out.WriteLine($"{Path.GetFileName(f.File)}: no test image has a twin in training (audit at {twins.Audit} px)");
            return;
        }
        string Of(SubsetScore s) => $"ACC {Percent(s.Acc)}, AUC {Percent(s.Auc)} on {s.Images} images";
        Console.Out.WriteLine($"{Path.GetFileName(f.File)}: {Of(twins.Without)} without a twin in training; {Of(twins.With)} with one"
            + (twins.AccDifference is { } acc ? $"; ACC {Show.SignedPoints(acc.Value)} points ({Range(acc.Interval, signed: true)})" : "")
            + (twins.AucDifference is { } auc ? $", AUC {Show.SignedPoints(auc.Value)} ({Range(auc.Interval, signed: true)})" : "")
            + $" (context: audit at {twins.Audit} px; a verdict is on all images)");
    }

    private static string Percent(double? value) => value is { } v ? Show.Points(v) : "none";

    private static string Range(Interval? interval, bool signed = false) => interval is not { } i ? ""
        : signed ? $"{Show.SignedPoints(i.Low)} to {Show.SignedPoints(i.High)}" : $"{Show.Points(i.Low)} to {Show.Points(i.High)}";
}

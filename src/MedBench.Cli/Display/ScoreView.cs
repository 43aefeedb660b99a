using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Data.Datasets;
using MedBench.Reporting.Scores;

namespace MedBench.Cli.Display;

/// <summary>A <see cref="ScoreSheet"/> on the terminal.</summary>
internal static class ScoreView
{
    public static void Write(ScoreSheet sheet, DatasetCard card, string? groups)
    {
        Console.Out.WriteLine($"{card.Title}, test split, {card.Splits.Test} images; labels: {sheet.Labels}");
        Listing.Write(ScoreTables.Files(sheet));
        foreach (var file in sheet.Files) Notes(file);
        if (sheet.Files.Count == 1) Classes(sheet.Files[0], card);
        foreach (string twins in ScoreTables.All(sheet).Select(ScoreTables.Twins).OfType<string>()) Console.Out.WriteLine(twins);
        BreakdownView.Write(sheet);
        foreach (var cell in sheet.Against) Console.Out.WriteLine(ScoreTables.Against(cell));
        Console.Out.WriteLine("other patients: 95 % intervals, Wilson for ACC and DeLong for AUC; the network stays as it is");
        if (sheet.Files[0].OverGroups is { } clustered)
            Console.Out.WriteLine($"other groups: 95 % intervals of {clustered.Draws} draws (seed {clustered.Seed}) of whole groups among those of their rarest class; {clustered.Groups} groups of up to {Show.Count(clustered.Largest, "test image")} from {groups}");
    }

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
        f.Classes.Select(c => (string[])[card.Labels[c.Class], $"{c.Support}", ScoreTables.Percent(c.Recall), ScoreTables.Percent(c.Precision), ScoreTables.Percent(c.Specificity), ScoreTables.Percent(c.Auc)]));
}

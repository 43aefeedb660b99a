using System.CommandLine;
using MedBench.Claims;
using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Reporting.Html;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench score</c>: what somebody's predictions are worth, without training and without a GPU.</summary>
internal static class ScoreCommand
{
    private static readonly Argument<string[]> s_files = new("files") { Description = "Scores of the test split: MedMNIST's result CSV, .npy or .npz", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> s_dataset = new("--dataset") { Description = "Dataset, for example breastmnist, or a card of your own images, mine.yaml", Required = true };
    private static readonly Option<string?> s_labels = new("--labels") { Description = "File of test labels: .npy, .npz, or text with one image a line (default: the data file's)" };
    private static readonly Option<string?> s_against = new("--against") { Description = "Cell of a printed number, for example yang2023/retinamnist/from-scratch/resnet18.cifar/28; without the metric, both" };
    private static readonly Option<string[]> s_by = new("--by") { Description = "Tell the images apart, with intervals: class, group-size, or a column of --groups; may be given several times" };
    private static readonly Option<string?> s_groups = new("--groups") { Description = "CSV with the columns index and group (a patient, a lesion) of the test images, perhaps split, and any others (sex, age band, site): intervals are then over groups, too (default: the groups of your own card)" };
    private static readonly Option<string?> s_page = new("--page") { Description = "Write a page with the tables and figures, for example score.html; by class, where --by says nothing" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON: files[].acc, files[].auc and more, fractions" };

    public static Command Create()
    {
        var command = new Command("score", "Score predictions: ACC, AUC, each class, calibration, intervals over patients, and the verdict against a printed number")
        {
            s_files, s_dataset, s_labels, s_groups, s_by, s_against, CommonOptions.Expected, CommonOptions.Experiments, s_page, s_json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var card = CommonOptions.CardOf(parsed.GetValue(s_dataset)!);
        var groups = parsed.GetValue(s_groups) is { } file ? GroupFile.Read(file, card) : card.Groups;
        string? page = parsed.GetValue(s_page);
        var breakdown = Breakdown.Of(parsed.GetValue(s_by) is { Length: > 0 } by ? by : page is null ? [] : [GroupTable.Class], groups);
        if (groups is not null && breakdown.GroupOf is null) Terminal.Note($"{groups.From}: every group has one test image, so that intervals over groups are those over images");
        var sheet = ScoreSheet.Of(parsed.GetValue(s_files)!, card, Labels(parsed.GetValue(s_labels), card), breakdown);
        if (parsed.GetValue(s_against) is { } cell) sheet = sheet.With(cell, Book.Open(CommonOptions.Given(parsed, CommonOptions.Expected), experiments: CommonOptions.GivenOrDefault(parsed, CommonOptions.Experiments)).Evidence);
        if (page is not null)
        {
            AtomicFile.WriteText(page, ScorePage.Render(sheet, card, groups?.From));
            Terminal.Note($"page: {Path.GetFullPath(page)}");
        }
        if (parsed.GetValue(s_json)) Console.Out.Write(StrictJson.Write(sheet));
        else ScoreView.Write(sheet, card, groups?.From);
        return sheet.Against.Any(c => c.Verdict.Kind == VerdictKind.Deviates) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    // All files of a dataset hold the same labels; any of them will do.
    private static (int[], string)? Labels(string? file, DatasetCard card)
    {
        if (file is not null) return (LabelFile.Read(file, card), file);
        int[] here = [.. card.Files.Keys.Where(size => ImageDataset.IsPresent(card, size)).Order()];
        if (here.Length == 0) return null;
        using var dataset = ImageDataset.Open(card, here[0]);
        return ([.. Enumerable.Range(0, dataset.Test.Count).SelectMany(i => dataset.Test.Label(i).ToArray()).Select(l => (int)l)], $"{card.Name}, {here[0]} px");
    }
}

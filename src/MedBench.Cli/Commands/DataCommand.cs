using System.CommandLine;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Datasets;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench data</c>: the MedMNIST files on this machine.</summary>
internal static class DataCommand
{
    private static readonly Argument<string> s_name = new("dataset") { Description = "Dataset, for example breastmnist" };
    private static readonly Argument<string?> s_optionalName = new("dataset") { Description = "Dataset; all if none is named", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> s_nameOrCard = new("dataset") { Description = "Dataset, for example breastmnist, or a card of your own images, mine.yaml" };
    private static readonly Option<int> s_size = NumberOption.Whole("--size", "Pixels: 28, 64, 128 or 224", Limits.Pixels, usual: 28);

    public static Command Create() => new("data", "List, download, verify and inspect MedMNIST files")
    {
        Sub("list", "The datasets, and which files are here", [], _ => List()),
        Sub("get", "Download a file (resumes, checks the MD5)", [s_name, s_size], Get),
        Sub("verify", "Check the MD5 of the files that are here", [s_optionalName], Verify),
        Sub("inspect", "Images per class and split of a file", [s_nameOrCard, s_size], Inspect),
        AuditCommand.Create(),
    };

    private static Command Sub(string name, string description, Symbol[] symbols, Func<ParseResult, int> action)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) command.Options.Add(option);
            if (symbol is Argument argument) command.Arguments.Add(argument);
        }
        command.SetAction(action);
        return command;
    }

    private static int List()
    {
        string root = DatasetFolders.Resolve();
        Listing.Write(
            ["name", "task", "classes", "channels", "train", "val", "test", "here (px)", "licence"],
            DatasetCatalog.All.Select(c => (string[])[
                c.Name, TaskName(c.Task), $"{c.Labels.Count}", $"{c.Channels}", $"{c.Splits.Train}", $"{c.Splits.Validation}", $"{c.Splits.Test}",
                string.Join(' ', c.Files.Where(f => File.Exists(Path.Combine(root, f.Value.FileName))).Select(f => f.Key).Order()), c.License]));
        Terminal.Note($"files are looked for in {root} ({DatasetFolders.RootVariable}); get one with: medbench data get NAME --size 28");
        return ExitCodes.Ok;
    }

    private static int Get(ParseResult parsed)
    {
        var file = DatasetCatalog.Get(parsed.GetValue(s_name)!).File(parsed.GetValue(s_size));
        Console.Out.WriteLine(CommonOptions.Download(file));
        return ExitCodes.Ok;
    }

    private static int Verify(ParseResult parsed)
    {
        var cards = parsed.GetValue(s_optionalName) is { } name ? [DatasetCatalog.Get(name)] : DatasetCatalog.All;
        string root = DatasetFolders.Resolve();
        var files = (from card in cards from file in card.Files let path = Path.Combine(root, file.Value.FileName) where File.Exists(path) select (path, file.Value)).ToList();
        if (files.Count == 0) throw new MedBenchException($"none of the files is in {root}", $"get one with: medbench data get NAME --size 28, or set {DatasetFolders.RootVariable}");
        var wrong = new List<string>();
        foreach (var (path, file) in files)
        {
            bool ok = Md5.OfFile(path) == file.Md5;
            Console.Out.WriteLine($"{(ok ? "ok   " : "WRONG")} {path}");
            if (!ok) wrong.Add(file.FileName);
        }
        return wrong.Count == 0 ? ExitCodes.Ok : throw new MedBenchException($"{string.Join(", ", wrong)}: not the published MD5", "move them away and download again: medbench data get NAME --size PX");
    }

    private static int Inspect(ParseResult parsed)
    {
        var card = CommonOptions.CardOf(parsed.GetValue(s_nameOrCard)!);
        // A card of one's own has one size.
        int size = card.IsOwn && parsed.GetResult(s_size) is null or { Implicit: true } ? card.Files.Keys.Single() : parsed.GetValue(s_size);
        using var dataset = CommonOptions.OpenDataset(card, size);
        Console.Out.WriteLine($"{card.Title}: {TaskName(card.Task)}, {dataset.Size} px, {card.Channels} channel(s), md5 {dataset.Md5}, {card.License}");
        Listing.Write(["class", "train", "val", "test"], DatasetInspector.CountLabels(dataset)
            .Select(l => (string[])[l.Label, $"{l.Images.Train}", $"{l.Images.Validation}", $"{l.Images.Test}"])
            .Append(["images", $"{dataset.Train.Count}", $"{dataset.Validation.Count}", $"{dataset.Test.Count}"]));
        foreach (string caveat in card.Caveats) Console.Out.WriteLine($"caveat: {caveat}");
        return ExitCodes.Ok;
    }

    private static string TaskName(DatasetTask task) => task switch
    {
        DatasetTask.MultiClass => "multi-class",
        DatasetTask.BinaryClass => "binary",
        DatasetTask.MultiLabel => "multi-label",
        _ => "ordinal",
    };
}

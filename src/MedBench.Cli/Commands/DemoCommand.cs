using System.CommandLine;
using MedBench.Claims;
using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Catalog;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Execution;
using MedBench.Runs.Store;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench demo</c>: what is known now, then a pretrained network on real images, judged, and the page that shows both.</summary>
internal static class DemoCommand
{
    private const int Pixels = 28, ProbeSeeds = 3;
    private const string Dataset = "breastmnist", Model = "resnet20.cntk_in1k", PrintedModel = "resnet18.a1_in1k", PrintedBy = "doerrich2025";

    // As many as a screen shows besides the head and the tally.
    private const int ClaimsShown = 20;

    // Who tries the program for the first time waits seconds, not minutes, for a network that is not there.
    private static readonly DownloadPatience s_patience = new() { Tries = 2, Silence = TimeSpan.FromSeconds(5) };

    // Few enough for half a minute; a batch of the linear probe is 64.
    private static readonly SplitCounts s_generated = new(64, 32, 32);

    public static Command Create()
    {
        var command = new Command("demo", "What is known now, and a minute of evidence of your own: a pretrained network on BreastMNIST, judged and reported") { CommonOptions.Results, CommonOptions.Threads };
        command.SetAction((parsed, cancel) =>
        {
            using var signals = new StopSignals(cancel);
            return Task.FromResult(signals.Guard(stop => Run(parsed, stop)));
        });
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        CommonOptions.SetThreads(parsed);
        string folder = parsed.GetValue(CommonOptions.Results)!;
        var book = Book.Open(results: folder);
        ShowDecided(book);

        var live = Live(book, folder, cancel);
        if (live is not null)
        {
            Console.Out.WriteLine();
            TableView.Write(live);
        }
        string page = Path.Combine(folder, "demo.html");
        string[] papers = [.. book.Claims.Select(c => c.Paper).Distinct()];
        ReportCommand.Write(book, papers, page, title: "What is decided now, and what this machine adds", live: live);
        Console.Out.WriteLine($"report: {Path.GetFullPath(page)}");
        return ExitCodes.Ok;
    }

    // The papers' own sentences first, then those seen with other evidence, then single printed numbers.
    private static void ShowDecided(Book book)
    {
        var verdicts = book.Claims.Select(book.Judge).ToList();
        var decided = verdicts.Where(v => v.Claim.IsPrimary && v.IsDecided).OrderBy(v => v.Claim.IsOnCells).ThenBy(v => v.Claim.IsTransfer).ToList();
        Console.Out.WriteLine("Decided now, by the evidence on record:");
        Listing.Write(["verdict", "points", "95 % interval", "evidence", "statement"], decided.Take(ClaimsShown).Select(v => (string[])[
            v.Outcome.Words(), ClaimNumbers.Effect(v), ClaimNumbers.Interval(v), v.Claim.EvidenceText, v.Statement]));
        if (decided.Count > ClaimsShown) Console.Out.WriteLine($"and {decided.Count - ClaimsShown} more: medbench claims list");
        Console.Out.WriteLine(ClaimTally.Of(verdicts));
        Console.Out.WriteLine();
    }

    // Null where the network is not on this machine: what is known stays worth showing.
    private static ResultTable? Live(Book book, string folder, CancellationToken cancel)
    {
        var model = ModelCatalog.Get(Model);
        if (ModelCheckpoints.Find(model) is not { } checkpoint)
        {
            Terminal.Note($"no live part: the checkpoint of {Model} is not on this machine; get it with: medbench models get {Model}");
            return null;
        }
        using var dataset = Images();
        bool real = dataset.Card.Name == Dataset;
        // Generated images never come among what is evidence: they have a store of their own, which no book of the first one reads.
        string store = real ? folder : Path.Combine(folder, "synthetic");
        var weights = InitialWeights.From(model, checkpoint);
        RunRequest Request(string recipe, string method) => new(
            dataset, new RunConfiguration(dataset.Card, Pixels, model, RecipeCatalog.Get(recipe), MethodName.Parse(method), Resize: ResizeMode.Scale), weights, 0, torch.CPU);
        var probe = Request("wu2025-laptop", "linear-probing/frozen-statistics");
        var runner = new CellRunner(new ResultsStore(store), FeatureStore.Default);
        RunResult[] runs = RunProgress.Show(reporter => (RunResult[])[
            runner.Run(Request(PrintedBy, MethodName.Knn), reporter("k-NN"), cancel),
            .. Enumerable.Range(0, ProbeSeeds).Select(seed => runner.Run(probe with { Seed = seed }, reporter($"linear probing, seed {seed}"), cancel))]);
        if (real) book.Add(runs.Select(r => StoreSource.Of(store, r)));

        // What was computed here, and nothing that is on record besides.
        var table = CellReports.Table(
            $"Run on this machine: {Model} on {dataset.Card.Title}, {Pixels} px{(real ? "" : ". Generated images: not evidence for any paper")}", Book.Open(results: store, recompute: true), runs);
        return real && Context(book) is { } context ? table with { Caveats = [context, .. table.Caveats] } : table;
    }

    private static string? Context(Book book) =>
        book.Published.Find(new CellKey(PrintedBy, Dataset, MethodName.Knn, PrintedModel, Pixels, Metric.Acc)) is { } printed
            ? $"for context, another checkpoint and so no verdict: {PrintedBy} printed {Show.Points(printed.Mean)} % for k-NN of {PrintedModel} on the same images"
            : null;

    private static ImageDataset Images()
    {
        var card = DatasetCatalog.Get(Dataset);
        var file = card.File(Pixels);
        if (!File.Exists(Path.Combine(DatasetFolders.Resolve(), file.FileName)))
        {
            try
            {
                CommonOptions.Download(file, s_patience);
            }
            catch (MedBenchException e)
            {
                Terminal.Note($"{e.Message}: this goes on with generated images, which are not evidence. With the file: medbench data get {Dataset} --size {Pixels}, and again medbench demo");
                return SyntheticDataset.Open(Pixels, counts: s_generated);
            }
        }
        return ImageDataset.Open(card, Pixels);
    }
}

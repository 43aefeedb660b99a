using System.CommandLine;
using MedBench.Claims;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Core.Files;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Execution;
using MedBench.Runs.Store;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench demo</c>: the whole way from data to verdict on generated images; needs no network and proves nothing about any paper.</summary>
internal static class DemoCommand
{
    private const int Pixels = 28;
    private const string Title = "Demo on synthetic images: not evidence for any paper";

    public static Command Create()
    {
        var command = new Command("demo", "The whole way from data to verdict on generated images (synthetic: not evidence)") { CommonOptions.Results, CommonOptions.Threads };
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
        Terminal.Note("synthetic: the images are generated, and the numbers they are compared with are our own. This shows how MedBenchRepro works, not that a paper holds.");
        string folder = parsed.GetValue(CommonOptions.Results)!;
        var recipe = RecipeCatalog.Get("demo");
        using var dataset = SyntheticDataset.Open(Pixels);
        var training = new RunRequest(dataset, new RunConfiguration(dataset.Card, Pixels, ModelCatalog.Get("resnet18.cifar"), recipe, new MethodName(MethodName.FromScratch)), InitialWeights.Initialised, 0, torch.CPU);
        var neighbours = training with { Configuration = training.Configuration with { Method = new MethodName(MethodName.Knn) }, Weights = InitialWeights.Formula };

        var runner = new CellRunner(new ResultsStore(folder), FeatureStore.Default);
        var (votes, trained) = RunProgress.Show(reporter => (
            runner.Run(neighbours, reporter("k-NN on an untrained encoder"), cancel),
            recipe.Seeds.Select(seed => runner.Run(training with { Seed = seed }, reporter($"training from scratch, seed {seed}"), cancel)).ToList()));

        var book = Book.Open(results: folder);
        var table = CellReports.Table(Title, book, [votes, .. trained]);
        TableView.Write(table);
        string page = Path.Combine(folder, "demo.html");
        AtomicFile.WriteText(Path.Combine(folder, "demo.md"), table.ToMarkdown());
        ReportCommand.Write(book, ["demo"], page);
        Console.Out.WriteLine($"report: {Path.GetFullPath(page)}");
        Terminal.Note($"the same as text: {Path.Combine(folder, "demo.md")}; records: {Path.GetFullPath(folder)}/{votes.Id} and {trained.Count} more. Run it again: nothing is computed twice.");
        return ExitCodes.Ok;
    }
}

using System.CommandLine;
using MedBench.Claims.Runs;
using MedBench.Claims.Store;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Data.Datasets;
using MedBench.Data.Errors;
using MedBench.Models.Cards;
using MedBench.Reporting.Exporters;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench run</c>: one configuration on real data, a seed at a time, beside the published number.</summary>
internal static class RunCommand
{
    private static readonly Option<string> s_dataset = new("--dataset") { Description = "Dataset, for example breastmnist", Required = true };
    private static readonly Option<int?> s_size = new("--size") { Description = "Pixels of the data file: 28, 64, 128 or 224 (default: the recipe's)" };
    private static readonly Option<string> s_model = new("--model") { Description = "Model by timm's name, for example resnet18.a1_in1k", Required = true };
    private static readonly Option<string> s_method = new("--method") { Description = "knn, linear-probing, end-to-end or from-scratch; a variant follows a slash (end-to-end/as-released)", Required = true };
    private static readonly Option<string> s_recipe = new("--recipe") { Description = "doerrich2025, wu2025, yang2023, or the path of a recipe file", Required = true };
    private static readonly Option<string?> s_seeds = new("--seeds") { Description = "Seeds such as 0,1,2 or 0-4 (default: the recipe's)" };
    private static readonly Option<string> s_weights = new("--weights") { Description = "auto (the published checkpoint), formula (parity check), initialised (random), or a checkpoint file", DefaultValueFactory = _ => "auto" };
    private static readonly Option<double?> s_encoderRate = new("--encoder-lr") { Description = "Encoder learning rate instead of the recipe's" };
    private static readonly Option<string> s_subset = new("--subset") { Description = "Part of the training split: all, 10-shot, 25%", DefaultValueFactory = _ => "all" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the result as JSON" };

    public static Command Create()
    {
        var command = new Command("run", "Train or evaluate one configuration and judge it against the published number")
        {
            s_dataset, s_size, s_model, s_method, s_recipe, s_seeds, s_weights, s_encoderRate, s_subset, s_json, CommonOptions.Results, CommonOptions.Device, CommonOptions.Precision, CommonOptions.Threads,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed, cancel)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        var card = DatasetCatalog.Get(parsed.GetValue(s_dataset)!);
        var model = ModelCatalog.Get(parsed.GetValue(s_model)!);
        var recipe = RecipeCatalog.Get(parsed.GetValue(s_recipe)!);
        CommonOptions.SetThreads(parsed);
        var device = CommonOptions.DeviceOf(parsed);
        using var dataset = CommonOptions.OpenDataset(card, parsed.GetValue(s_size) ?? recipe.DatasetSize);
        var run = new RunConfiguration(card, dataset.Size, model, recipe, parsed.GetValue(s_method)!, EncoderRate(parsed), TrainingSubset.Parse(parsed.GetValue(s_subset)!));
        var first = new RunRequest(dataset, run, WeightsFor(parsed.GetValue(s_weights)!, run), recipe.Seeds[0], device, CommonOptions.PrecisionOf(parsed, device));
        int[] seeds = run.Rule.Neighbours is not null ? [0] : parsed.GetValue(s_seeds) is { } chosen ? Seeds.Parse(chosen) : recipe.Seeds;

        var runner = new CellRunner(new ResultsStore(parsed.GetValue(CommonOptions.Results)!), FeatureStore.Default);
        var results = RunProgress.Show(reporter => seeds.Select(seed =>
            runner.Run(first with { Seed = seed }, reporter(run.Rule.Neighbours is null ? $"seed {seed}" : "k-NN"), cancel)).ToList());

        var table = CellReports.Table(CellReports.Title(run), [(first, results)]);
        if (parsed.GetValue(s_json)) Console.Out.Write(new JsonExporter().Export(table));
        else TableView.Write(table);
        return ExitCodes.Ok;
    }

    private static InitialWeights WeightsFor(string option, RunConfiguration run) => option switch
    {
        "formula" => InitialWeights.Formula,
        "initialised" => InitialWeights.Initialised,
        "auto" when run.Method.StartsWith("from-scratch", StringComparison.Ordinal) || run.Model.Hub is null => InitialWeights.Initialised,
        "auto" => InitialWeights.From(CommonOptions.CheckpointOf(run.Model)),
        _ when File.Exists(option) => InitialWeights.FromFile(option),
        _ => throw new MedBenchException($"--weights {option}: there is no such file", "give the path of a .safetensors or .pth file, or auto, formula or initialised"),
    };

    private static double? EncoderRate(ParseResult parsed) => parsed.GetValue(s_encoderRate) switch
    {
        null => null,
        > 0 and < 1 and var rate => rate,
        var rate => throw new MedBenchException($"--encoder-lr {rate}: a learning rate lies between 0 and 1", "give a rate such as 1e-5"),
    };
}

using System.CommandLine;
using System.Globalization;
using MedBench.Claims.Expected;
using MedBench.Claims.Runs;
using MedBench.Claims.Store;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Data.Datasets;
using MedBench.Data.Errors;
using MedBench.Models.Cards;
using MedBench.Reporting;
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
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the result as JSON" };

    public static Command Create()
    {
        var command = new Command("run", "Train or evaluate one configuration and judge it against the published number")
        {
            s_dataset, s_size, s_model, s_method, s_recipe, s_seeds, s_weights, s_encoderRate, s_json, CommonOptions.Results, CommonOptions.Device, CommonOptions.Threads,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed, cancel)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        var card = DatasetCatalog.Get(parsed.GetValue(s_dataset)!);
        var model = ModelCatalog.Get(parsed.GetValue(s_model)!);
        var recipe = RecipeCatalog.Get(parsed.GetValue(s_recipe)!);
        var device = CommonOptions.DeviceOf(parsed);
        using var dataset = CommonOptions.OpenDataset(card, parsed.GetValue(s_size) ?? recipe.DatasetSize);
        var first = new RunRequest(dataset, model, InitialWeights.Initialised, recipe, parsed.GetValue(s_method)!, recipe.Seeds[0], device, parsed.GetValue(s_encoderRate));
        first = first with { Weights = WeightsFor(parsed.GetValue(s_weights)!, first) };
        int[] seeds = first.Rule.Neighbours is null ? Seeds(parsed.GetValue(s_seeds)) ?? recipe.Seeds : [0];

        var runner = new CellRunner(new ResultsStore(parsed.GetValue(CommonOptions.Results)!), FeatureStore.Default);
        var results = RunProgress.Show(reporter => seeds.Select(seed =>
            runner.Run(first with { Seed = seed }, reporter(first.Rule.Neighbours is null ? $"seed {seed}" : "k-NN"), cancel)).ToList());

        var table = Judge(first, results);
        if (parsed.GetValue(s_json)) Console.Out.Write(new JsonExporter().Export(table));
        else TableView.Write(table);
        return ExitCodes.Ok;
    }

    private static ResultTable Judge(RunRequest request, List<RunResult> results)
    {
        var (published, rules) = (PublishedResults.Load(), VerdictRules.Load());
        string[] method = request.Method.Split('/', 2);
        var cells = new List<ReportCell>();
        foreach (string weights in request.Rule.Neighbours is null ? [RunResult.Selected, RunResult.LastEpoch] : (string[])[RunResult.Selected])
            foreach (string metric in (string[])["acc", "auc"])
            {
                var key = new CellKey(request.Recipe.Name, request.Dataset.Card.Name, method[0], request.Model.Name, request.Dataset.Size, metric, method.ElementAtOrDefault(1) ?? "");
                if (results.Any(r => r.Test(metric, weights) is not null)) cells.Add(ReportCell.Of(key, results, published, rules, weights: weights));
            }
        return ResultTable.Of($"{request.Recipe.Title}: {request.Method}, {request.Model.Name} on {request.Dataset.Card.Title} ({request.Dataset.Size} px)", cells, results.Select(r => r.Environment), rules);
    }

    private static InitialWeights WeightsFor(string option, RunRequest request) => option switch
    {
        "formula" => InitialWeights.Formula,
        "initialised" => InitialWeights.Initialised,
        "auto" when request.Method.StartsWith("from-scratch", StringComparison.Ordinal) || request.Model.Hub is null => InitialWeights.Initialised,
        "auto" => InitialWeights.From(CommonOptions.CheckpointOf(request.Model)),
        _ when File.Exists(option) => InitialWeights.FromFile(option),
        _ => throw new MedBenchException($"--weights {option}: there is no such file", "give the path of a .safetensors or .pth file, or auto, formula or initialised"),
    };

    private static int[]? Seeds(string? text)
    {
        if (text is null) return null;
        try
        {
            return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(part =>
            {
                int[] ends = [.. part.Split('-').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];
                return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
            })];
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new MedBenchException($"--seeds {text}: not a list of seeds", "write them as 0,1,2 or 0-4", e);
        }
    }
}

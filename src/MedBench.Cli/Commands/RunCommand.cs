using System.CommandLine;
using MedBench.Claims;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Preprocessing;
using MedBench.Models.Catalog;
using MedBench.Reporting.Live;
using MedBench.Runs.Execution;
using MedBench.Runs.Experiments;
using MedBench.Runs.Planning;
using MedBench.Runs.Store;
using MedBench.Training.Features;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench run</c>: the cells of experiment files, or one configuration, on real data beside the published numbers.</summary>
internal static class RunCommand
{
    private static readonly Argument<string?> s_path = new("experiments") { Description = "Experiment file or folder, for example experiments/yang2023; without it, one configuration by the options below", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_maxCost = new("--max-cost") { Description = "Most time to spend on the experiments by the estimate, for example 30m or 2h" };
    private static readonly Option<string?> s_plan = new("--plan") { Description = "Run a shard of this plan.json of `medbench plan` instead of an experiment file" };
    private static readonly Option<int?> s_shard = NumberOption.Whole("--shard", "With --plan: which shard, from 1 (default: that of the Slurm task or Kubernetes index)", Limits.Shards);
    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Only list the cells of the experiments, what is missing and what it would cost" };
    private static readonly Option<string?> s_dataset = new("--dataset") { Description = "Dataset, for example breastmnist, or a card of your own images, mine.yaml" };
    private static readonly Option<int?> s_size = NumberOption.Whole("--size", "Pixels of the data file: 28, 64, 128 or 224 (default: the recipe's)", Limits.Pixels);
    private static readonly Option<string?> s_model = new("--model") { Description = "Model by timm's name, for example resnet18.a1_in1k, or the card of your own encoder, my-encoder.yaml (docs/your-encoder.md)" };
    private static readonly Option<string?> s_method = new("--method") { Description = "knn, linear-probing, end-to-end or from-scratch; a variant follows a slash (end-to-end/as-released)" };
    private static readonly Option<string?> s_recipe = new("--recipe") { Description = "doerrich2025 (the default), wu2025, yang2023, the path of a recipe file, or of a result.json, whose recipe is taken" };
    private static readonly Option<string?> s_resize = new("--resize") { Description = "How images reach the input size instead of the recipe's way: scale, pad-before-normalize (black border) or pad-after-normalize (border of the mean colour)" };
    private static readonly Option<string?> s_seeds = new("--seeds") { Description = "Seeds such as 0,1,2 or 0-4 (default: the recipe's, or the experiment's; of an experiment all from 0 on, at most its most-seeds)" };
    private static readonly Option<string> s_weights = new("--weights") { Description = "auto (the published checkpoint), formula (parity check), initialised (random), or a checkpoint file", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string?> s_weightsPart = new("--weights-part") { Description = "Of a checkpoint file that holds several state dicts, the one to read, for example model (default: the one that timm takes, averaged weights first)" };
    private static readonly Option<double?> s_encoderRate = NumberOption.Decimal("--encoder-lr", "Encoder learning rate instead of the recipe's", Limits.LearningRate);
    private static readonly Option<string> s_subset = new("--subset") { Description = "Part of the training split: all, 10-shot, 25%, twin-free (without images that have a twin in the test split), twin-free-control-1 (without as many random ones; the number is the draw)", DefaultValueFactory = _ => "all" };
    private static readonly Option<bool> s_keepWeights = new("--keep-weights") { Description = "Keep the tested weights of what is computed now, head included, as weights.safetensors beside each result: `medbench evaluate` tests them again" };
    private static readonly Option<bool> s_watch = new("--watch") { Description = "Show the progress in a browser, too: a page on 127.0.0.1, for this machine only" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the result as JSON" };

    // The one whose methods are all of k-NN, linear probing and training end to end.
    private const string DefaultRecipe = "doerrich2025";

    public static Command Create()
    {
        var command = new Command("run", "Train or evaluate the cells of experiment files, or one configuration, and judge them against the published numbers")
        {
            s_path, ExperimentOptions.Filter, ExperimentOptions.Tier, s_maxCost, s_plan, s_shard, s_dryRun,
            s_dataset, s_size, s_model, s_method, s_recipe, s_resize, s_seeds, s_weights, s_weightsPart, s_encoderRate, s_subset, s_keepWeights, s_json, s_watch, CommonOptions.Device, CommonOptions.Precision, CommonOptions.Threads,
        };
        foreach (var option in CommonOptions.OfBook) command.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            using var live = parsed.GetValue(s_watch) && !parsed.GetValue(s_dryRun) ? LiveServer.Start(parsed.GetValue(CommonOptions.Results)!) : null;
            if (live is not null) Terminal.Note($"watch at {live.Address}");
            using var signals = new StopSignals(cancel);
            return Task.FromResult(signals.Guard(stop => Run(parsed, stop)));
        });
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel) => (parsed.GetValue(s_plan), parsed.GetValue(s_path)) switch
    {
        ({ } plan, null) => RunGrid(plan, book => Planned(plan, book, parsed), null, parsed, cancel),
        ({ } plan, { } path) => throw new MedBenchException($"--plan {plan} beside {path}: a plan holds its experiments", "give one of them"),
        (null, _) when parsed.GetValue(s_shard) is not null => throw new MedBenchException("--shard without --plan", "make a plan with `medbench plan` and name its plan.json"),
        (null, { } path) => RunGrid(path, book => ExperimentOptions.Choose(ExperimentCatalog.Load(path, book.Published.Catalog), parsed), path, parsed, cancel),
        _ => RunOne(parsed, cancel),
    };

    private static IReadOnlyList<ExperimentCell> Planned(string plan, Book book, ParseResult parsed)
    {
        Refuse(parsed, [ExperimentOptions.Filter, ExperimentOptions.Tier, s_seeds], "beside --plan: the plan has chosen its cells", "give it to `medbench plan`");
        return WorkPlan.Read(plan).CellsOf(ShardNumber.Of(parsed.GetValue(s_shard), Environment.GetEnvironmentVariable), book.Published.Catalog);
    }

    private static int RunGrid(string path, Func<Book, IReadOnlyList<ExperimentCell>> choose, string? also, ParseResult parsed, CancellationToken cancel)
    {
        // Of the machine's choices, precision belongs to a run's identity: an experiment is run as its paper was.
        Refuse(
            parsed, [s_dataset, s_size, s_model, s_method, s_recipe, s_resize, s_weights, s_weightsPart, s_encoderRate, s_subset, CommonOptions.Precision],
            $"beside {path}: an experiment file says that itself", "choose cells by --filter, or leave the file out to run one configuration");
        CommonOptions.SetThreads(parsed);
        var device = CommonOptions.DeviceOf(parsed);
        string folder = parsed.GetValue(CommonOptions.Results)!;
        var book = CommonOptions.BookOf(parsed, also: also, storeToBe: true);
        var cells = choose(book);
        if (parsed.GetValue(s_seeds) is { } asked)
        {
            int[] seeds = Seeds.Parse(asked);
            cells = [.. cells.Select(c => c.WithSeeds(seeds))];
        }
        double budget = parsed.GetValue(s_maxCost) is { } text ? Durations.Parse("--max-cost", text).TotalSeconds : double.PositiveInfinity;
        var plan = Grid.Plan(cells, book.Runs, CostModel.For(device.type.ToString().ToLowerInvariant(), book.Runs.All), budget);
        return parsed.GetValue(s_dryRun)
            ? GridView.List(plan)
            : GridView.Run(plan, progress => Grid.Run(plan, path, new ResultsStore(folder), FeatureStore.Default, device, progress, parsed.GetValue(s_keepWeights), cancel), book, folder, parsed.GetValue(s_json));
    }

    private static void Refuse(ParseResult parsed, IEnumerable<Option> options, string why, string fix)
    {
        if (options.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } option)
            throw new MedBenchException($"{option.Name} {why}", fix);
    }

    private static string Needed(ParseResult parsed, Option<string?> option) => parsed.GetValue(option)
        ?? throw new MedBenchException($"{option.Name} is missing", "give --dataset, --model and --method, or the path of an experiment file or folder such as experiments/yang2023");

    private static int RunOne(ParseResult parsed, CancellationToken cancel)
    {
        Refuse(parsed, [ExperimentOptions.Filter, ExperimentOptions.Tier, s_maxCost, s_dryRun], "without an experiment file", "name a file or folder such as experiments/yang2023, or leave it out");
        var card = CommonOptions.CardOf(Needed(parsed, s_dataset));
        var model = ModelCatalog.GetOrRead(Needed(parsed, s_model));
        var recipe = RunSettings.RecipeOf(parsed.GetValue(s_recipe) ?? DefaultRecipe);
        CommonOptions.SetThreads(parsed);
        var device = CommonOptions.DeviceOf(parsed);
        using var dataset = CommonOptions.OpenDataset(card, parsed.GetValue(s_size) ?? card.SizeOr(recipe.DatasetSize));
        var run = new RunConfiguration(card, dataset.Size, model, recipe, MethodName.Parse(Needed(parsed, s_method)), parsed.GetValue(s_encoderRate), TrainingSubset.Parse(parsed.GetValue(s_subset)!), ResizeOf(parsed));
        if (run is { EncoderRate: not null, Rule.Encoder: null })
            throw new MedBenchException($"--encoder-lr beside --method {run.Method}: it trains no encoder", "leave --encoder-lr out, or choose a method that trains the encoder, such as end-to-end");
        var first = new RunRequest(dataset, run, WeightsFor(parsed.GetValue(s_weights)!, parsed.GetValue(s_weightsPart), run), recipe.Seeds[0], device, CommonOptions.PrecisionOf(parsed, device));
        foreach (string note in first.Weights.Notes()) Terminal.Note(note);
        int[] seeds = run.Rule.Neighbours is not null ? [0] : parsed.GetValue(s_seeds) is { } chosen ? Seeds.Parse(chosen) : recipe.Seeds;

        string folder = parsed.GetValue(CommonOptions.Results)!;
        var book = CommonOptions.BookOf(parsed, storeToBe: true);
        var runner = new CellRunner(new ResultsStore(folder), FeatureStore.Default, parsed.GetValue(s_keepWeights));
        var results = RunProgress.Show(reporter => seeds.Select(seed =>
            runner.Run(first with { Seed = seed }, reporter(run.Rule.Neighbours is null ? $"seed {seed}" : "k-NN"), cancel)).ToList());

        book.Add(results.Select(r => StoreSource.Of(folder, r)));
        var table = CellReports.Table(CellReports.Title(run), book, results);
        if (parsed.GetValue(s_json)) Console.Out.Write(StrictJson.Write(table));
        else TableView.Write(table);
        return ExitCodes.Ok;
    }

    private static InitialWeights WeightsFor(string option, string? part, RunConfiguration run) => option switch
    {
        "formula" or "initialised" or "auto" when part is not null => throw new MedBenchException($"--weights-part {part} beside --weights {option}", "name the checkpoint file with --weights"),
        not "auto" when run.Model.IsOnnx => throw new MedBenchException($"--weights {option} beside the card of {run.Model.Name}: an ONNX graph has its weights in it", "leave --weights out"),
        "formula" => InitialWeights.Formula,
        "initialised" => InitialWeights.Initialised,
        "auto" when run.Method.IsFromScratch || run.Model.Hub is null => InitialWeights.Initialised,
        "auto" => InitialWeights.From(run.Model, CommonOptions.CheckpointOf(run.Model)),
        _ when File.Exists(option) => InitialWeights.FromFile(option, part),
        _ => throw new MedBenchException($"--weights {option}: there is no such file", "give the path of a .safetensors, .pth or .onnx file, or auto, formula or initialised"),
    };

    private static ResizeMode? ResizeOf(ParseResult parsed)
    {
        if (parsed.GetValue(s_resize) is not { } name) return null;
        var modes = Enum.GetValues<ResizeMode>().Where(m => m != ResizeMode.None).ToDictionary(m => m.Name());
        return modes.TryGetValue(name, out var mode) ? mode : throw Names.Unknown("way of resizing", name, modes.Keys);
    }
}

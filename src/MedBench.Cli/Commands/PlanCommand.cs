using System.CommandLine;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;
using MedBench.Runs.Planning;
using MedBench.Runs.Planning.Formats;
using MedBench.Runs.Planning.Simulation;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench plan</c>: cuts what is missing into shards for an engine that exists, or plays it on imagined machines.</summary>
internal static class PlanCommand
{
    private static readonly Argument<string> s_path = new("experiments") { Description = "Experiment file or folder, for example experiments/wu2025" };
    private static readonly Option<int?> s_shards = NumberOption.Whole("--shards", "Shards at most", Limits.Shards);
    private static readonly Option<double?> s_maxHours = NumberOption.Decimal("--max-hours", "Longest shard by the estimate, in hours: as few shards as that takes", Limits.Hours);
    private static readonly Option<string> s_format = new("--format") { Description = "github, slurm, kubernetes or shell", DefaultValueFactory = _ => "shell" };
    private static readonly Option<string> s_out = new("--out") { Description = "Folder of plan.json and what runs it", DefaultValueFactory = _ => "plan" };
    private static readonly Option<string> s_device = new("--device") { Description = "What the shards will run on, for the estimates: cuda or cpu", DefaultValueFactory = _ => "cuda" };
    private static readonly Option<string?> s_simulate = new("--simulate") { Description = "Write nothing, and play the plan on so many machines, for example 1,8,64; without --shards or --max-hours, one shard a machine" };
    private static readonly Option<double> s_failureRate = NumberOption.Decimal("--failure-rate", "With --simulate: failures of one machine per hour", Limits.FailureRate, usual: 0);
    private static readonly Option<int> s_seed = NumberOption.Whole("--seed", "With --simulate: seed of the failures", Limits.Seed, usual: 0);

    public static Command Create()
    {
        var command = new Command("plan", "Cut the runs that are missing into shards of even cost for GitHub Actions, Slurm, Kubernetes or a shell")
        {
            s_path, ExperimentOptions.Filter, ExperimentOptions.Tier, s_shards, s_maxHours, s_format, s_out, s_device, s_simulate, s_failureRate, s_seed,
        };
        foreach (var option in CommonOptions.OfBook) command.Add(option);
        command.SetAction(Plan);
        return command;
    }

    private static int Plan(ParseResult parsed)
    {
        string device = parsed.GetValue(s_device)!;
        if (device is not ("cpu" or "cuda")) throw Names.Unknown("device", device, ["cpu", "cuda"]);
        string path = parsed.GetValue(s_path)!;
        var book = CommonOptions.BookOf(parsed, also: path, storeToBe: true);
        var files = ExperimentCatalog.Load(path, book.Published.Catalog);
        var cells = ExperimentOptions.Choose(files, parsed);
        var cost = CostModel.For(device, book.Runs.All);
        var planner = new Planner(book.Runs, cost);
        var limit = Limit(parsed);
        if (parsed.GetValue(s_simulate) is { } workers)
        {
            Simulate(cells, planner, limit, workers, parsed.GetValue(s_failureRate), parsed.GetValue(s_seed));
            Terminal.Note($"estimates: {cost.Basis}");
            return ExitCodes.Ok;
        }
        var format = PlanFormats.Get(parsed.GetValue(s_format)!);
        var shards = planner.Cut(cells, limit ?? throw new MedBenchException("neither --shards nor --max-hours", "give one of them, for example --shards 8 or --max-hours 5"));
        var plan = WorkPlan.Of(files, cost, shards);
        PlanFormats.Check(format, plan);
        string folder = parsed.GetValue(s_out)!;
        PlanOutput.Write(plan, format, folder);
        PlanOutput.Show(plan, cells.Count, folder, format is GitHubFormat ? Console.Error : Console.Out);
        if (format is GitHubFormat) Console.Out.WriteLine(GitHubFormat.Matrix(plan));
        return ExitCodes.Ok;
    }

    private static ShardLimit? Limit(ParseResult parsed) => (parsed.GetValue(s_shards), parsed.GetValue(s_maxHours)) switch
    {
        (null, null) => null,
        ({ } count, null) => ShardLimit.Shards(count),
        (null, { } hours) => ShardLimit.Time(3600 * hours),
        _ => throw new MedBenchException("--shards and --max-hours", "give one of them"),
    };

    private static IEnumerable<int> Counts(string option, string text) => text.Split(',').Select(part => Numbers.Integer($"{option} ", part, Limits.Machines)).ToList();

    private static void Simulate(IReadOnlyList<ExperimentCell> cells, Planner planner, ShardLimit? limit, string workers, double failuresPerHour, int seed)
    {
        var rows = new List<string[]>();
        foreach (int count in Counts("--simulate", workers))
        {
            var shards = planner.Cut(cells, limit ?? ShardLimit.Shards(count));
            var fleet = new Fleet(count, failuresPerHour);
            var outcome = new FleetSimulation(fleet, seed).Play(shards.Select(s => s.Seconds));
            rows.Add([$"{count}", $"{shards.Count}", FormattableString.Invariant($"{PlanBalance.Of(shards).Ratio:F2}"), Durations.Show(outcome.Makespan), FormattableString.Invariant($"{100 * outcome.Utilisation:F0} %"), $"{outcome.Failures}", Durations.Show(outcome.Lost), FormattableString.Invariant($"{outcome.Work / 3600:F1}")]);
        }
        Listing.Write(["machines", "shards", "max/mean", "until all is done", "utilisation", "failures", "work lost", "machine hours of work"], rows);
    }
}

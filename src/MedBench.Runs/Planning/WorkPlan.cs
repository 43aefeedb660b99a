using System.ComponentModel;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;

namespace MedBench.Runs.Planning;

/// <summary>Work for several jobs, as <c>plan.json</c> holds it: all that a job must know, so that any working directory on any machine will do.</summary>
/// <param name="Schema">Version of this form: <see cref="CurrentSchema"/>.</param>
/// <param name="RunProtocol"><see cref="RunSpec.CurrentProtocol"/> of the program that made it.</param>
/// <param name="Experiments">The experiment files that the cells come from.</param>
/// <param name="Device">What the estimates are for: <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Basis">What they rest on, in words.</param>
/// <param name="Shards">From 1, in order.</param>
public sealed record WorkPlan(
    [property: Description("Version of this form: 1.")] int Schema,
    [property: Description("Protocol version of the program that made it; another one refuses to run it.")] int RunProtocol,
    [property: Description("The experiment files that the cells come from.")] IReadOnlyList<PlanSource> Experiments,
    [property: Description("What the estimates are for: cpu or cuda.")] string Device,
    [property: Description("What the estimates rest on, in words.")] string Basis,
    [property: Description("The jobs, numbered from 1.")] IReadOnlyList<Shard> Shards)
{
    /// <summary>The version written by this code.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Name of the file beside the scripts that use it.</summary>
    public const string FileName = "plan.json";

    private const string Again = "make the plan again with `medbench plan`; finished runs are not run again";

    /// <summary>The recipe files that the experiments name; empty where they use recipes of the program alone.</summary>
    [Description("The recipe files that the experiments name (default: none).")]
    public IReadOnlyList<PlanSource> Recipes { get; init; } = [];

    /// <summary>A plan that needs none of the files it was made from.</summary>
    /// <param name="files">The experiment files that the cells come from.</param>
    /// <param name="cost">What the estimates rest on.</param>
    /// <param name="shards">The jobs, from 1.</param>
    public static WorkPlan Of(IReadOnlyList<ExperimentFile> files, CostModel cost, IReadOnlyList<Shard> shards) => new(
        CurrentSchema, RunSpec.CurrentProtocol, [.. files.Select(f => new PlanSource(f.File, f.Yaml))], cost.Device, cost.Basis, shards)
    {
        Recipes = [.. files.SelectMany(f => f.Recipes).DistinctBy(r => r.Key).Select(r => new PlanSource(r.Key, r.Value))],
    };

    /// <summary>Reads a plan.</summary>
    /// <exception cref="MedBenchException">It is missing, malformed or of another version.</exception>
    public static WorkPlan Read(string file)
    {
        if (!File.Exists(file)) throw new MedBenchException($"{file} does not exist", "make it with `medbench plan experiments/PAPER --shards N --format shell`");
        var plan = StrictJson.Read<WorkPlan>(TextFile.Bytes(file), file, CurrentSchema, CurrentSchema);
        if (plan.RunProtocol != RunSpec.CurrentProtocol) throw new MedBenchException($"{file}: 'runProtocol' is {plan.RunProtocol}, this version runs {RunSpec.CurrentProtocol}", Again);
        if (plan.Shards.Where((s, i) => s.Number != i + 1).Any()) throw new MedBenchException($"{file}: 'shards' are not numbered from 1", Again);
        return plan;
    }

    /// <summary>Writes it whole or not at all; equal plans give equal bytes.</summary>
    /// <exception cref="MedBenchException">The folder cannot be written.</exception>
    public void Write(string file) => AtomicFile.WriteText(file, StrictJson.Write(this));

    /// <summary>The cells of one shard with the seeds that it runs.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="papers">Papers and their models.</param>
    /// <exception cref="MedBenchException">No such shard, or this program understands a cell otherwise than the one that made the plan.</exception>
    public IReadOnlyList<ExperimentCell> CellsOf(int number, PaperCatalog papers)
    {
        if (number < 1 || number > Shards.Count) throw new MedBenchException($"shard {number}: the plan has {Shards.Count}", $"give a number from 1 to {Shards.Count}");
        var recipes = Recipes.ToDictionary(r => r.File, r => r.Yaml);
        var cells = Experiments.SelectMany(e => ExperimentFile.Parse(e.Yaml, e.File, papers, recipes).Cells).DistinctBy(c => c.Id).ToDictionary(c => c.Id);
        return [.. Shards[number - 1].Cells.Select(planned =>
            cells.TryGetValue(planned.Id, out var cell) && cell.Run.ProtocolHash == planned.Protocol
                ? cell with { Seeds = planned.Seeds }
                : throw new MedBenchException($"{planned.Id} is another run in this version than in the one that made the plan", Again))];
    }
}

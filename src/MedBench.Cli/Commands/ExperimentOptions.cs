using System.CommandLine;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Experiments;

namespace MedBench.Cli.Commands;

/// <summary>Options that choose cells of experiments.</summary>
internal static class ExperimentOptions
{
    public static Option<string[]> Filter { get; } = new("--filter") { Description = "Cells of the experiments, for example dataset=breastmnist,model=vit*", AllowMultipleArgumentsPerToken = true };

    public static Option<string> Tier { get; } = new("--tier") { Description = "Cells up to this tier: demo, cpu, gpu or full", DefaultValueFactory = _ => "full" };

    /// <summary>The chosen cells of some experiments, each once.</summary>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static IReadOnlyList<ExperimentCell> Choose(IReadOnlyList<ExperimentFile> files, ParseResult parsed)
    {
        foreach (var file in files.Where(f => f.PassedOver.Count > 0))
            Terminal.Note($"{file.Name}: no network here for {string.Join(", ", file.PassedOver)}: passed over, though numbers of {(file.PassedOver.Count == 1 ? "it" : "them")} may be on record");
        var (filter, tier) = (CellFilter.Parse(parsed.GetValue(Filter) ?? []), Kebab.Parse<Tier>("tier", parsed.GetValue(Tier)!));
        ExperimentCell[] all = [.. files.SelectMany(e => e.Cells)];
        filter.Check(all);
        ExperimentCell[] cells = [.. all.Where(c => c.Tier <= tier && filter.Accepts(c)).DistinctBy(c => c.Id)];
        return cells.Length > 0 ? cells : throw new MedBenchException("no cell passes --filter and --tier", "loosen them; `medbench run FILE --dry-run` lists all cells");
    }
}

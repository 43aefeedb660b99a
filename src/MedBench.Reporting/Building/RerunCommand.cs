using MedBench.Core.Text;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>The command line that makes a run again.</summary>
public static class RerunCommand
{
    /// <summary>The command for one run; null from another checkpoint than the card's, of which only the checksum is known.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="run">Its configuration.</param>
    /// <param name="record">Path of its record, which holds a recipe that does not come with this program.</param>
    public static string? Of(RunSpec spec, RunConfiguration run, string record)
    {
        if (HasOtherCheckpoint(spec, run)) return null;
        string recipe = RecipeCatalog.Find(spec.Recipe) is null || run.OtherRecipe is not null ? record : spec.Recipe;
        List<string> words = ["medbench run", $"--dataset {spec.Dataset}", $"--size {spec.Size}", $"--model {spec.Model}", $"--method {spec.Method}", $"--recipe {recipe}"];
        if (run.Rule.Neighbours is null) words.Add($"--seeds {spec.Seed}");
        if (run.OtherEncoderRate is { } rate) words.Add($"--encoder-lr {CellVariant.RateText(rate)}");
        if (run.OtherResize is { } resize) words.Add($"--resize {resize.Name()}");
        if (run.Subset is { } subset) words.Add($"--subset {subset}");
        if (!spec.Precision.IsOf(run.Recipe)) words.Add($"--precision {spec.Precision.Name()}");
        if (spec.Precision.IsOfCode()) words.Add("--device cuda");
        if (spec.Weights == WeightsId.Formula) words.Add("--weights formula");
        if (spec.Weights == WeightsId.Initialised && run.Model.Hub is not null && !run.Method.IsFromScratch) words.Add("--weights initialised");
        return string.Join(' ', words);
    }

    // A card without a checksum takes whatever the hub holds.
    private static bool HasOtherCheckpoint(RunSpec spec, RunConfiguration run) =>
        spec.Weights.Sha256 is { } used && (run.Model.Hub is not { } hub || (hub.Sha256 is { } sha && used != sha));
}

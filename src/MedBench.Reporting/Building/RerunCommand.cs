using MedBench.Core.Text;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>The command line that makes a run again.</summary>
public static class RerunCommand
{
    /// <summary>The command for one run; null where no option says how it was run: another way of resizing is named by experiment files only, and of another checkpoint than the card's only the checksum is known.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="run">Its configuration.</param>
    public static string? Of(RunSpec spec, RunConfiguration run)
    {
        if (run.OtherResize is not null || HasOtherCheckpoint(spec, run)) return null;
        List<string> words = ["medbench run", $"--dataset {spec.Dataset}", $"--size {spec.Size}", $"--model {spec.Model}", $"--method {spec.Method}", $"--recipe {spec.Recipe}"];
        if (run.Rule.Neighbours is null) words.Add($"--seeds {spec.Seed}");
        if (run.OtherEncoderRate is { } rate) words.Add($"--encoder-lr {CellVariant.RateText(rate)}");
        if (run.Subset is { } subset) words.Add($"--subset {subset}");
        if (spec.Precision != Precision.Fp32) words.Add($"--precision {spec.Precision.Name()}");
        if (spec.Weights == WeightsId.Formula) words.Add("--weights formula");
        if (spec.Weights == WeightsId.Initialised && run.Model.Hub is not null && !run.Method.IsFromScratch) words.Add("--weights initialised");
        return string.Join(' ', words);
    }

    // A card without a checksum takes whatever the hub holds.
    private static bool HasOtherCheckpoint(RunSpec spec, RunConfiguration run) =>
        spec.Weights.Sha256 is { } used && (run.Model.Hub is not { } hub || (hub.Sha256 is { } sha && used != sha));
}

using System.Globalization;
using MedBench.Claims.Store;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>The command line that makes a run again.</summary>
public static class RerunCommand
{
    /// <summary>The command for one run; null where no option says how it was run: another way of resizing is named by experiment files only.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="run">Its configuration.</param>
    public static string? Of(RunSpec spec, RunConfiguration run)
    {
        if (run.OtherResize is not null) return null;
        List<string> words = ["medbench run", $"--dataset {spec.Dataset}", $"--size {spec.Size}", $"--model {spec.Model}", $"--method {spec.Method}", $"--recipe {spec.Recipe}"];
        if (run.Rule.Neighbours is null) words.Add($"--seeds {spec.Seed}");
        if (run.OtherEncoderRate is { } rate) words.Add(string.Create(CultureInfo.InvariantCulture, $"--encoder-lr {rate:0.###e-0}"));
        if (run.Subset is { } subset) words.Add($"--subset {subset}");
        if (spec.Precision != Precision.Fp32.Name()) words.Add($"--precision {spec.Precision}");
        if (spec.Weights == InitialWeights.Formula.Id) words.Add("--weights formula");
        if (spec.Weights == InitialWeights.Initialised.Id && run.Model.Hub is not null && run.Method.Split('/')[0] != "from-scratch") words.Add("--weights initialised");
        return string.Join(' ', words);
    }
}

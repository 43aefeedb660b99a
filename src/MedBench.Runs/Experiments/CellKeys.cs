using MedBench.Runs.Cells;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Experiments;

/// <summary>Which published number a run is judged by.</summary>
public static class CellKeys
{
    /// <summary>The cell of a run. What sets the run apart from the paper's plain cell goes into the variant, so that it is never judged by that cell's number.</summary>
    /// <param name="paper">Whose numbers.</param>
    /// <param name="run">What is run.</param>
    /// <param name="weights">What it starts from; null for the paper's own.</param>
    /// <param name="metric">What is measured.</param>
    /// <param name="precision">Arithmetic that was effectively used; the paper's own, on either device, is that of its plain cell.</param>
    public static CellKey Of(string paper, RunConfiguration run, WeightsId? weights, Metric metric, Precision precision = Precision.Fp32)
    {
        var start = weights == WeightsId.Formula || weights == WeightsId.Initialised && !run.Method.IsFromScratch ? weights : null;
        var variant = new CellVariant(
            run.Method.Variant, run.OtherRecipe, EncoderRate: run.OtherEncoderRate, Subset: run.Subset, Resize: run.OtherResize, Start: start, Precision: precision.IsOf(run.Recipe) ? Precision.Fp32 : precision);
        return new(paper, run.Dataset.Name, run.Method.Name, run.Model.Name, run.Size, metric, variant);
    }
}

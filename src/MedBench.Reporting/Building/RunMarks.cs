using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Papers;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>What sets a run apart from the paper's own.</summary>
internal static class RunMarks
{
    internal static IEnumerable<Mark> Of(RunSpec spec, RunConfiguration? run, string paper, WeightsLock locked)
    {
        if (spec.Dataset == DatasetCatalog.Synthetic.Name)
            yield return new Mark(MarkKind.Synthetic, "synthetic images: not evidence");
        if (run is not { } configuration)
        {
            yield return new Mark(MarkKind.ChangedProtocol, $"protocol {spec.RecipeHash[..8]}, which this version cannot run: its record has no settings, or its dataset, model or their cards are others here");
            yield break;
        }
        if (spec.Weights == WeightsId.Formula)
            yield return new Mark(MarkKind.OtherWeights, "formula weights: checks arithmetic only");
        else if (spec.Weights == WeightsId.Initialised && !spec.Method.IsFromScratch)
            yield return new Mark(MarkKind.OtherWeights, "random weights instead of the checkpoint");
        else if (spec.Weights.Sha256 is { } used && !locked.Accepts(spec.Model, used))
            yield return new Mark(MarkKind.OtherWeights, locked.Sha256Of(configuration.Model) is null
                ? $"checkpoint of which no digest is known: `medbench models get {spec.Model}` locks the first one"
                : "checkpoint is not the published one, by its digest");
        if (!spec.Precision.IsOf(configuration.Recipe))
            yield return new Mark(MarkKind.ChangedProtocol, $"precision {spec.Precision.Name()}");
        if (configuration.OtherRecipe is not null)
            yield return new Mark(MarkKind.ChangedProtocol, RecipeChanges.Of(configuration, paper));
        if (configuration.OtherEncoderRate is { } rate)
            yield return new Mark(MarkKind.ChangedProtocol, $"encoder learning rate {CellVariant.RateText(rate)}");
        if (configuration.Subset is { } subset)
            yield return new Mark(MarkKind.ChangedProtocol, subset.LeavesOutTwins ? $"trained on the images {subset}" : $"trained on {subset} of the images");
        if (configuration.OtherResize is { } resize)
            yield return new Mark(MarkKind.ChangedProtocol, $"resized by {resize}");
        if (spec.Method.Variant is { } variant)
            yield return new Mark(MarkKind.ChangedProtocol, $"variant {variant}");
    }
}

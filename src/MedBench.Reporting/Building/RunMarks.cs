using MedBench.Data.Datasets;
using MedBench.Reporting.Model;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>What sets a run apart from the paper's own.</summary>
internal static class RunMarks
{
    internal static IEnumerable<Mark> Of(IdentifiedRun run)
    {
        var spec = run.Run.Result.Spec;
        if (spec.Dataset == DatasetCatalog.Synthetic.Name)
            yield return new Mark(MarkKind.Synthetic, "synthetic images: not evidence");
        if (run.Configuration is not { } configuration)
        {
            yield return new Mark(MarkKind.ChangedProtocol, $"protocol differs from the recipe {spec.Recipe} of this version");
            yield break;
        }
        string method = spec.Method.Split('/')[0];
        if (spec.Weights == InitialWeights.Formula.Id)
            yield return new Mark(MarkKind.OtherWeights, "formula weights: checks arithmetic only");
        else if (spec.Weights == InitialWeights.Initialised.Id && method != "from-scratch")
            yield return new Mark(MarkKind.OtherWeights, "random weights instead of the checkpoint");
        else if (configuration.Model.Hub?.Sha256 is { } sha && spec.Weights.StartsWith("sha256:", StringComparison.Ordinal) && spec.Weights != $"sha256:{sha}")
            yield return new Mark(MarkKind.OtherWeights, "checkpoint is not the one of the model card");
        if (spec.Precision != Precision.Fp32.Name())
            yield return new Mark(MarkKind.ChangedProtocol, $"precision {spec.Precision}");
        if (configuration.OtherEncoderRate is { } rate)
            yield return new Mark(MarkKind.ChangedProtocol, FormattableString.Invariant($"encoder learning rate {rate:0.###e-0}"));
        if (configuration.Subset is { } subset)
            yield return new Mark(MarkKind.ChangedProtocol, $"trained on {subset} of the images");
        if (configuration.OtherResize is { } resize)
            yield return new Mark(MarkKind.ChangedProtocol, $"resized by {resize}");
        if (spec.Method.Contains('/', StringComparison.Ordinal))
            yield return new Mark(MarkKind.ChangedProtocol, $"variant {spec.Method.Split('/')[1]}");
    }
}

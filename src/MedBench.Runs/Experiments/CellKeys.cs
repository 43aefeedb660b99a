using System.Globalization;
using System.Text.RegularExpressions;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Training.Runs;

namespace MedBench.Runs.Experiments;

/// <summary>Which published number a run is judged by.</summary>
public static partial class CellKeys
{
    /// <summary>The cell of a run. What sets the run apart from the paper's plain cell goes into the variant, so that it is never judged by that cell's number.</summary>
    /// <param name="paper">Whose numbers.</param>
    /// <param name="run">What is run.</param>
    /// <param name="weights"><see cref="InitialWeights.Id"/> of what it starts from; null for the paper's own.</param>
    /// <param name="metric"><c>acc</c> or <c>auc</c>.</param>
    /// <param name="precision"><see cref="RunSpec.Precision"/>.</param>
    public static CellKey Of(string paper, RunConfiguration run, string? weights, string metric, string precision = "fp32") =>
        new(paper, run.Dataset.Name, Method(run), run.Model.Name, run.Size, metric, Variant(run, weights, precision));

    private static string Method(RunConfiguration run) => run.Method.Split('/')[0];

    private static string Variant(RunConfiguration run, string? weights, string precision)
    {
        string?[] differences =
        [
            run.Method.Split('/').ElementAtOrDefault(1),
            run.OtherEncoderRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"lr-{rate:0.###e+0}").Replace("e+", "e", StringComparison.Ordinal) : null,
            run.Subset?.ToString(),
            run.OtherResize is { } resize ? Words().Replace(resize.ToString(), "-").ToLowerInvariant() : null,
            weights == InitialWeights.Formula.Id ? "formula-weights" : null,
            weights == InitialWeights.Initialised.Id && Method(run) != "from-scratch" ? "initialised-weights" : null,
            precision == Precision.Fp32.Name() ? null : precision,
        ];
        return string.Join('+', differences.Where(d => d is not null));
    }

    // Where one word of PadAfterNormalize ends and the next begins.
    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Words();
}

using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Data.Preprocessing;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Reporting.Building;

/// <summary>From a record back to the configuration that made it.</summary>
public static class RunIdentity
{
    private static readonly double?[] s_rates = [null, .. from exponent in Enumerable.Range(1, 8) from digit in (int[])[1, 2, 3, 5] select (double?)double.Parse($"{digit}e-{exponent}", System.Globalization.CultureInfo.InvariantCulture)];
    private static readonly ResizeMode?[] s_resizes = [null, ResizeMode.Scale, ResizeMode.PadBeforeNormalize, ResizeMode.PadAfterNormalize];

    /// <summary>
    /// The configuration whose spec is exactly <paramref name="spec"/>; null if no embedded recipe gives it. A spec holds its recipe's
    /// settings only as a hash, so the encoder rates 1, 2, 3, 5 × 10⁻¹ … 10⁻⁸ and the ways of resizing are tried.
    /// </summary>
    public static RunConfiguration? Of(RunSpec spec)
    {
        if (RecipeCatalog.Find(spec.Recipe) is not { } recipe || Cards(spec) is not var (dataset, model)) return null;
        if (!recipe.Methods.ContainsKey(spec.Method.ToString())) return null;
        var plain = new RunConfiguration(dataset, spec.Size, model, recipe, spec.Method, Subset: spec.Subset.Subset);
        return (from rate in s_rates
                from resize in s_resizes
                let run = plain with { EncoderRate = rate, Resize = resize }
                where RunSpec.Of(run, spec.DatasetMd5, spec.Weights, (int)spec.Seed) with { Precision = spec.Precision } == spec
                select run).FirstOrDefault();
    }

    private static (DatasetCard Dataset, ModelCard Model)? Cards(RunSpec spec)
    {
        try
        {
            return (DatasetCatalog.Get(spec.Dataset), ModelCatalog.Get(spec.Model));
        }
        catch (MedBenchException)
        {
            return null;
        }
    }
}

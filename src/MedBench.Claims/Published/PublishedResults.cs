using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Papers;

namespace MedBench.Claims.Published;

/// <summary>All published numbers, model labels and known deviations. A number without a source is refused.</summary>
public sealed class PublishedResults
{
    private static readonly string[] Columns = ["dataset", "method", "model", "resolution", "metric", "mean", "std", "ddof", "n", "unit", "source", "extraction", "variant"];
    internal static readonly string[] Methods = ["end-to-end", "linear-probing", "knn", "from-scratch", "automl"];
    internal static readonly string[] Metrics = ["acc", "auc"];
    private readonly Dictionary<CellKey, PublishedValue> values = [];
    private readonly Dictionary<CellKey, KnownDeviation> deviations = [];

    private PublishedResults(ExpectedFiles files)
    {
        Catalog = PaperCatalog.Read(files);
        foreach (string path in files.Paths.Where(path => path.EndsWith("/results.csv", StringComparison.Ordinal)))
        {
            string paper = path[..path.IndexOf('/', StringComparison.Ordinal)];
            if (!Papers.Any(p => p.Name == paper))
                throw new MedBenchException($"{files.Display("papers.csv")} has no row for '{paper}'", $"add one with its citation, since {files.Display(path)} exists");
            string[] models = [.. Models.Where(m => m.Paper == paper).Select(m => m.Model)];
            foreach (var row in files.Table(path, Columns))
            {
                var value = Read(paper, row, models);
                if (!values.TryAdd(value.Key, value))
                    throw row.Error($"{value.Key} appears again, first at {values[value.Key].Location}", "keep one of the two rows, or tell them apart by 'variant'");
            }
        }
        foreach (var row in files.Table("known-deviations.csv", "paper", "dataset", "method", "model", "resolution", "metric", "variant", "reason", "link", "since"))
        {
            var deviation = ReadDeviation(row);
            if (Find(deviation.Key.WithSelectedWeights()) is null)
                throw row.Error($"{deviation.Key} is no printed cell", "copy dataset, method, model, resolution, metric and variant from results.csv (and add last-epoch to the variant where those weights deviate)");
            if (!deviations.TryAdd(deviation.Key, deviation))
                throw row.Error($"{deviation.Key} is listed twice", "keep one of the two rows");
        }
    }

    /// <summary>The papers and their models.</summary>
    public PaperCatalog Catalog { get; }

    /// <summary>The papers, in the order of their file.</summary>
    public IReadOnlyList<Paper> Papers => Catalog.Papers;

    /// <summary>The models of each paper.</summary>
    public IReadOnlyList<ModelLabel> Models => Catalog.Models;

    /// <summary>Every number.</summary>
    public IReadOnlyCollection<PublishedValue> Values => values.Values;

    /// <summary>Reads a folder like <c>expected-results</c>; null for the copy inside this assembly.</summary>
    /// <exception cref="MedBenchException">A malformed file, named with its line.</exception>
    public static PublishedResults Load(string? folder = null) => new(ExpectedFiles.Open(folder));

    /// <summary>The number printed for exactly this cell, or null if the paper prints none (or none is on record): a run that differs in anything is never judged by it.</summary>
    public PublishedValue? Find(CellKey key) => values.GetValueOrDefault(key);

    /// <summary>The known deviation of a cell, if one is listed.</summary>
    public KnownDeviation? Deviation(CellKey key) => deviations.GetValueOrDefault(key);

    private static PublishedValue Read(string paper, CsvRow row, string[] models)
    {
        var key = new CellKey(
            paper, row.OneOf("dataset", DatasetCatalog.KnownNames), row.OneOf("method", Methods), row.OneOf("model", models),
            row.Integer("resolution", minimum: 1), row.OneOf("metric", Metrics), row.Text("variant"));
        double scale = row.OneOf("unit", "percent", "fraction") == "percent" ? 100 : 1;
        var (mean, decimals) = row.Decimal("mean");
        if (mean > scale)
            throw row.Error($"a mean of {mean} is more than {scale}", "check the value and the unit");
        int? runs = row.Text("n").Length == 0 ? null : row.Integer("n", minimum: 1);
        return new PublishedValue(
            key, mean / scale, HalfStep(decimals) / scale, SampleStd(row, runs) / scale, runs,
            row.Required("source"), row.Required("extraction"), $"{row.File}:{row.Line}");
    }

    private static double? SampleStd(CsvRow row, int? runs)
    {
        if (row.Text("std").Length == 0)
            return null;
        var (std, decimals) = row.Decimal("std");
        if (runs is null or < 2)
            throw row.Error("a std without at least two runs", "fill in 'n', or leave 'std' empty");
        double population = Math.Max(std, HalfStep(decimals));
        return row.OneOf("ddof", "0", "1") == "1" ? population : population * Math.Sqrt(runs.Value / (runs.Value - 1.0));
    }

    private static double HalfStep(int decimals) => 0.5 * Math.Pow(10, -decimals);

    private static KnownDeviation ReadDeviation(CsvRow row)
    {
        var key = new CellKey(
            row.Required("paper"), row.Required("dataset"), row.OneOf("method", Methods), row.Required("model"),
            row.Integer("resolution", minimum: 1), row.OneOf("metric", Metrics), row.Text("variant"));
        return DateOnly.TryParseExact(row.Required("since"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
            ? new KnownDeviation(key, row.Required("reason"), row.Required("link"), since)
            : throw row.Error($"column 'since' holds '{row.Text("since")}'", "write a date such as 2026-11-30");
    }
}

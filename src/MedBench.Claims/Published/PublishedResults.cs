using System.Globalization;
using MedBench.Claims.Statistics;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Runs.Cells;
using MedBench.Runs.Papers;

namespace MedBench.Claims.Published;

/// <summary>All published numbers, single runs of others, studies, model labels and known deviations. A number without a source is refused.</summary>
public sealed class PublishedResults
{
    private static readonly string[] s_columns = ["dataset", "method", "model", "resolution", "metric", "mean", "std", "ddof", "n", "unit", "source", "extraction", "variant"];
    private const double SingleRunStep = 1e-5;
    private const string MethodsFile = "methods.csv", DeviationsFile = "known-deviations.csv";
    private static readonly string[] s_runColumns = ["dataset", "method", "model", "resolution", "metric", "variant", "seed", "value", "source"];
    private readonly Dictionary<CellKey, PublishedValue> _values = [];
    private readonly Dictionary<CellKey, KnownDeviation> _deviations = [];
    private readonly Dictionary<string, Study> _studies = [];
    private readonly Dictionary<CellKey, IReadOnlyList<OtherRun>> _runs, _released;

    private PublishedResults(ExpectedFiles files)
    {
        Catalog = PaperCatalog.Read(files);
        // A folder may leave the list out: its methods are then those of the copy inside this program.
        Methods = [.. (files.Paths.Contains(MethodsFile) ? files : ExpectedFiles.Open()).Table(MethodsFile, "method", "meaning").Select(row => row.Required("method"))];
        foreach (var (paper, path) in Files(files, "study.yaml"))
            _studies[paper] = Study.Read(files, path, paper, [.. Papers.Select(p => p.Name)]);
        _runs = Runs(files, "runs.csv");
        _released = Runs(files, "released.csv");
        foreach (var (paper, path) in Files(files, "results.csv"))
        {
            foreach (var row in files.Table(path, s_columns))
            {
                var value = Read(paper, row);
                if (!_values.TryAdd(value.Key, value))
                    throw row.Error($"{value.Key} appears again, first at {_values[value.Key].Location}", "keep one of the two rows, or tell them apart by 'variant'");
            }
        }
        // A folder without the list knows of none.
        foreach (var row in !files.Paths.Contains(DeviationsFile) ? [] : files.Table(DeviationsFile, "paper", "dataset", "method", "model", "resolution", "metric", "variant", "reason", "link", "since"))
        {
            var deviation = ReadDeviation(row);
            if (Find(deviation.Key.With(TestedWeights.Selected)) is null)
                throw row.Error($"{deviation.Key} is no printed cell", "copy dataset, method, model, resolution, metric and variant from results.csv (and add last-epoch to the variant where those weights deviate)");
            if (!_deviations.TryAdd(deviation.Key, deviation))
                throw row.Error($"{deviation.Key} is listed twice", "keep one of the two rows");
        }
    }

    /// <summary>The papers and their models.</summary>
    public PaperCatalog Catalog { get; }

    /// <summary>The papers, in the order of their file.</summary>
    public IReadOnlyList<Paper> Papers => Catalog.Papers;

    /// <summary>The models of each paper.</summary>
    public IReadOnlyList<ModelLabel> Models => Catalog.Models;

    /// <summary>Ways of training that numbers can be of: <c>methods.csv</c>.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>What a study says of itself and of how its protocol differs; null if it has no <c>study.yaml</c>.</summary>
    public Study? StudyOf(string paper) => _studies.GetValueOrDefault(paper);

    /// <summary>The single runs behind a printed number, from <c>runs.csv</c>; empty where only the mean is known.</summary>
    public IReadOnlyList<OtherRun> RunsOf(CellKey key) => _runs.GetValueOrDefault(key, []);

    /// <summary>Single runs that were rescored from predictions which the paper's authors released, from <c>released.csv</c>.</summary>
    public IReadOnlyDictionary<CellKey, IReadOnlyList<OtherRun>> Released => _released;

    /// <summary>Every number.</summary>
    public IReadOnlyCollection<PublishedValue> Values => _values.Values;

    /// <summary>Reads a folder like <c>expected-results</c>; null for the copy inside this assembly.</summary>
    /// <exception cref="MedBenchException">A malformed file, named with its line.</exception>
    public static PublishedResults Load(string? folder = null) => new(ExpectedFiles.Open(folder));

    /// <summary>The number printed for exactly this cell, or null if the paper prints none (or none is on record): a run that differs in anything is never judged by it.</summary>
    public PublishedValue? Find(CellKey key) => _values.GetValueOrDefault(key);

    /// <summary>The known deviation of a cell, if one is listed.</summary>
    public KnownDeviation? Deviation(CellKey key) => _deviations.GetValueOrDefault(key);

    // The file of that name of each paper: one that papers.csv does not know is a folder put in half.
    private IEnumerable<(string Paper, string Path)> Files(ExpectedFiles files, string name)
    {
        foreach (string path in files.Paths.Where(path => path.EndsWith("/" + name, StringComparison.Ordinal)))
        {
            string paper = path[..path.IndexOf('/', StringComparison.Ordinal)];
            if (!Papers.Any(p => p.Name == paper))
                throw new MedBenchException($"{files.Display("papers.csv")} has no row for '{paper}'", $"add one with its citation, since {files.Display(path)} exists");
            yield return (paper, path);
        }
    }

    private Dictionary<CellKey, IReadOnlyList<OtherRun>> Runs(ExpectedFiles files, string name)
    {
        var found = new Dictionary<CellKey, IReadOnlyList<OtherRun>>();
        foreach (var (paper, path) in Files(files, name))
        {
            foreach (var row in files.Table(path, s_runColumns))
            {
                var key = KeyOf(paper, row);
                double value = (double)row.Decimal("value");
                if (value > 1)
                    throw row.Error($"a value of {value} is more than 1", "write a fraction");
                var run = new OtherRun(row.Integer("seed", minimum: 0), value, row.Required("source"), $"{row.File}:{row.Line}");
                var others = found.GetValueOrDefault(key, []);
                if (others.FirstOrDefault(other => other.Seed == run.Seed) is { } twin)
                    throw row.Error($"seed {run.Seed} of {key} appears again, first at {twin.Location}", "keep one of the two rows");
                found[key] = [.. others, run];
            }
        }
        return found;
    }

    private CellKey KeyOf(string paper, CsvRow row)
    {
        var dataset = DatasetCatalog.Get(row.OneOf("dataset", DatasetCatalog.KnownNames));
        int size = row.Integer("resolution", minimum: 1);
        // A generated dataset has no files, and any size.
        if (dataset.Files.Count > 0 && !dataset.Files.ContainsKey(size))
            throw row.Error($"{dataset.Name} has no file of {size} px", $"write one of {string.Join(", ", dataset.Files.Keys.Order())}: the pixels of the data file, not of the network's input");
        return new CellKey(
            paper, dataset.Name, row.OneOf("method", Methods), row.OneOf("model", [.. Models.Where(m => m.Paper == paper).Select(m => m.Model)]),
            size, row.OneOf<Metric>("metric"), Variant(row));
    }

    private PublishedValue Read(string paper, CsvRow row)
    {
        var key = KeyOf(paper, row);
        decimal scale = row.OneOf("unit", "percent", "fraction") == "percent" ? 100 : 1;
        decimal mean = row.Decimal("mean");
        if (mean > scale)
            throw row.Error($"a mean of {(double)mean} is more than {scale}", "check the value and the unit");
        int? count = row.Text("n").Length == 0 ? null : row.Integer("n", minimum: 1);
        var printed = new PublishedValue(
            key, (double)(mean / scale), (double)(HalfStep(mean) / scale), SampleStd(row, count) / (double)scale, count,
            row.Required("source"), row.Required("extraction"), $"{row.File}:{row.Line}");
        return RunsOf(key) is { Count: > 0 } single ? WithRuns(printed, SampleSummary.Of([.. single.Select(r => r.Value)]), row) : printed;
    }

    // Where the single runs are on record, they are the spread; a mean that they do not have means that one of the two files is of something else.
    private static PublishedValue WithRuns(PublishedValue printed, SampleSummary single, CsvRow row)
    {
        // A single run is on record with as many decimals as its source gives: at least four.
        if (Math.Abs(single.Mean - printed.Mean) > printed.HalfStep + SingleRunStep)
            throw row.Error($"the {single.Count} runs of {printed.Key} in runs.csv have a mean of {single.Mean:0.000000}, which does not round to the printed one", "correct either file");
        if (printed.Runs is { } runs && runs != single.Count)
            throw row.Error($"n is {runs}, but runs.csv has {single.Count} runs of {printed.Key}", "correct either file");
        return printed with { Runs = single.Count, Std = printed.Std ?? single.Std };
    }

    private static double? SampleStd(CsvRow row, int? runs)
    {
        if (row.Text("std").Length == 0)
            return null;
        decimal std = row.Decimal("std");
        if (runs is null or < 2)
            throw row.Error("a std without at least two runs", "fill in 'n', or leave 'std' empty");
        double population = (double)Math.Max(std, HalfStep(std));
        return row.OneOf("ddof", "0", "1") == "1" ? population : population * Math.Sqrt(runs.Value / (runs.Value - 1.0));
    }

    private static CellVariant Variant(CsvRow row)
    {
        try
        {
            return CellVariant.Parse(row.Text("variant"));
        }
        catch (MedBenchException e)
        {
            throw row.Error(e.Message, e.Fix);
        }
    }

    // Of the last digit that was printed.
    private static decimal HalfStep(decimal printed) => new(5, 0, 0, false, (byte)(printed.Scale + 1));

    private KnownDeviation ReadDeviation(CsvRow row)
    {
        var key = new CellKey(
            row.Required("paper"), row.Required("dataset"), row.OneOf("method", Methods), row.Required("model"),
            row.Integer("resolution", minimum: 1), row.OneOf<Metric>("metric"), Variant(row));
        return DateOnly.TryParseExact(row.Required("since"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
            ? new KnownDeviation(key, row.Required("reason"), row.Required("link"), since)
            : throw row.Error($"column 'since' holds '{row.Text("since")}'", "write a date such as 2026-11-30");
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedBench.Core.Text;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Html;

/// <summary>The records of all runs as compact JSON for the page's script: strings are kept once, runs of one cell share their specification.</summary>
internal sealed partial class RunRecords
{
    // Of a fraction, on a page that shows four of a percentage; the record itself has them all.
    private const int Digits = 6;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private static readonly (string Name, Func<RunSpec, string> Value)[] s_fields =
    [
        ("dataset", s => s.Dataset), ("dataset MD5", s => s.DatasetMd5), ("size", s => $"{s.Size}"), ("input size", s => $"{s.InputSize}"), ("resizing", s => s.Resize),
        ("model", s => s.Model), ("weights", s => s.Weights.ToString()), ("method", s => s.Method.ToString()), ("recipe", s => s.Recipe), ("recipe SHA-256", s => s.RecipeHash),
        ("precision", s => s.Precision.Name()), ("protocol", s => s.Protocol.ToString(CultureInfo.InvariantCulture)),
    ];

    private static readonly (string Name, Func<RunEnvironment, string> Value)[] s_environment =
    [
        ("device", e => e.Gpu is null ? e.Device : $"{e.Device}: {e.Gpu}"), ("processor", e => e.Cpu), ("threads", e => e.Threads.ToString(CultureInfo.InvariantCulture)), ("system", e => e.Os),
        (".NET", e => e.Runtime), ("libtorch", e => e.Libtorch), ("MedBenchRepro", e => e.Version),
    ];

    private static readonly (string Name, Func<RunResult, double?> Value)[] s_metrics =
    [
        ("test ACC", r => r.Test(Metric.Acc)), ("test AUC", r => r.Test(Metric.Auc)), ("test ACC, last epoch", r => r.Test(Metric.Acc, TestedWeights.LastEpoch)), ("test AUC, last epoch", r => r.Test(Metric.Auc, TestedWeights.LastEpoch)),
    ];

    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _cells = new(StringComparer.Ordinal);
    private readonly List<object> _shared = [];

    /// <summary>The JSON; safe inside a <c>script</c> element, since angle brackets and ampersands are escaped.</summary>
    internal static string Of(BenchmarkReport report) => new RunRecords().Write(report);

    private string Write(BenchmarkReport report)
    {
        RunEnvironment[] environments = [.. report.Environments.Select(e => e.Environment)];
        var runs = report.Runs.ToDictionary(r => r.Id, r => (object[])
        [
            Cell(r), r.Result.Spec.Seed, Intern(r.Result.Spec.Subset.ToString()), Array.IndexOf(environments, r.Result.ComputedOn), s_metrics.Select(m => m.Value(r.Result) is { } value ? Math.Round(value, Digits) : (double?)null).ToArray(),
            Math.Round(r.Result.Seconds.GetValueOrDefault("total"), 1), r.Result.PeakMemoryBytes, r.Result.FinishedUtc.ToUnixTimeSeconds(), r.Result.Notes.Select(Intern).ToArray(),
        ]);
        return JsonSerializer.Serialize(new
        {
            fields = s_fields.Select(f => f.Name),
            metrics = s_metrics.Select(m => m.Name),
            environmentFields = s_environment.Select(f => f.Name),
            environments = environments.Select(e => s_environment.Select(f => f.Value(e))),
            cells = _shared,
            runs,
            strings = _texts,
        }, s_json);
    }

    private int Cell(ReportedRun run)
    {
        int[] spec = [.. s_fields.Select(f => Intern(f.Value(run.Result.Spec)))];
        int? command = Shared(run.Command is { } text ? Options().Replace(text, "--$1 {$1}") : null, run), predictions = Shared(run.PredictionsPath, run);
        int record = Shared(run.RecordPath, run)!.Value;
        string key = string.Join(' ', spec.Append(command ?? -1).Append(predictions ?? -1).Append(record));
        if (_cells.TryGetValue(key, out int known)) return known;
        _shared.Add(new { spec, command, record, predictions });
        return _cells[key] = _shared.Count - 1;
    }

    // Paths differ in the id only.
    private int? Shared(string? text, ReportedRun run) => text is null ? null : Intern(text.Replace(run.Id, "{id}", StringComparison.Ordinal));

    private int Intern(string text)
    {
        if (_strings.TryGetValue(text, out int known)) return known;
        _texts.Add(text);
        return _strings[text] = _texts.Count - 1;
    }

    // What the specification says already is put back by the script.
    [GeneratedRegex(@"--(dataset|size|model|method|recipe|seeds) \S+")]
    private static partial Regex Options();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models.Catalog;
using MedBench.Models.Weights.Hub;
using MedBench.Reporting.Figures;
using MedBench.Reporting.Model;
using MedBench.Runs.Store;

namespace MedBench.Reporting.Crate;

/// <summary>
/// <c>ro-crate-metadata.json</c> after RO-Crate 1.1 and the profile Process Run Crate 0.5: for each run an action with the software that
/// made it (instrument), its dataset and checkpoint with checksums (object) and its record (result), so that a report can be archived.
/// </summary>
/// <param name="report">The report.</param>
/// <param name="files">The files beside the metadata; a run's record is called <see cref="RecordOf"/>.</param>
public sealed class RoCrate(BenchmarkReport report, IReadOnlyList<CrateFile> files)
{
    /// <summary>Name of the metadata file.</summary>
    public const string FileName = "ro-crate-metadata.json";

    private const string Context = "https://w3id.org/ro/crate/1.1/context", Specification = "https://w3id.org/ro/crate/1.1", Profile = "https://w3id.org/ro/wfrun/process/0.5";
    private readonly CrateGraph _graph = new();
    private readonly Citation _citation = Citation.Load();

    /// <summary>Path in the crate of a run's record.</summary>
    public static string RecordOf(string run) => $"records/{run}.json";

    /// <summary>The text of the file.</summary>
    public string Write()
    {
        _graph.Add(FileName, "CreativeWork", ("conformsTo", CrateGraph.Reference(Specification)), ("about", CrateGraph.Reference("./")));
        var license = _graph.Add($"https://spdx.org/licenses/{_citation.License}", "CreativeWork", ("name", _citation.License));
        JsonObject[] authors = [.. _citation.Authors.Select(Author)];
        JsonObject[] parts = [.. files.Select(Part)];
        JsonObject[] actions = [.. report.Runs.Select(Action)];
        JsonObject[] papers = [.. report.Papers.Select(p => _graph.Add($"#paper-{p.Name}", "ScholarlyArticle", ("name", p.Citation)))];
        _graph.Add("./", "Dataset",
            ("name", report.Title),
            ("description", $"Reproduction report: {report.Runs.Count} runs, {report.Cells.Count} judged cells. {string.Join(" ", report.Marks.Select(m => m.Text.TrimEnd('.') + "."))}".Trim()),
            ("datePublished", (report.LastRun ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("license", license),
            ("author", CrateGraph.References(authors)),
            ("conformsTo", _graph.Add(Profile, "CreativeWork", ("name", "Process Run Crate"), ("version", "0.5"))),
            ("citation", CrateGraph.References(papers)),
            ("hasPart", CrateGraph.References(parts)),
            ("mentions", CrateGraph.References(actions)));
        return _graph.Document(Context, new JsonObject { ["sha256"] = "http://schema.org/sha256" }).ToJsonString(new JsonSerializerOptions(StrictJson.Options)) + "\n";
    }

    private JsonObject Author(CitationAuthor author) =>
        _graph.Add(author.Orcid ?? "#author-" + Labels.Slug(author.FullName), author.IsPerson ? "Person" : "Organization", ("name", author.FullName));

    private JsonObject Part(CrateFile file) => _graph.Add(Uri.EscapeDataString(file.Path).Replace("%2F", "/", StringComparison.Ordinal), "File",
        ("name", file.Path), ("description", file.About), ("encodingFormat", file.Format),
        ("contentSize", file.Content.Length.ToString(CultureInfo.InvariantCulture)), ("sha256", Convert.ToHexStringLower(SHA256.HashData(file.Content))));

    private JsonObject Action(ReportedRun run)
    {
        var (result, spec) = (run.Result, run.Result.Spec);
        JsonObject[] used = [Dataset(result), .. Checkpoint(spec) is { } weights ? (JsonObject[])[weights] : []];
        double? seconds = result.Seconds.TryGetValue("total", out double total) ? total : null;
        return _graph.Add($"#run-{run.Id}", "CreateAction",
            ("name", $"{spec.Method} of {spec.Model} on {spec.Dataset} ({spec.Size} px), recipe {spec.Recipe}, seed {spec.Seed}"),
            ("description", run.Command),
            ("actionStatus", CrateGraph.Reference("http://schema.org/CompletedActionStatus")),
            ("startTime", seconds is { } s ? Time(result.FinishedUtc - TimeSpan.FromSeconds(s)) : null),
            ("endTime", Time(result.FinishedUtc)),
            ("instrument", Software(result.Environment)),
            ("object", CrateGraph.References(used)),
            ("result", CrateGraph.Reference(RecordOf(run.Id))));
    }

    private JsonObject Software(RunEnvironment environment)
    {
        string[] version = environment.Version.Split('+');
        return _graph.Add($"#medbenchrepro-{Labels.Slug(environment.Version)}-libtorch-{Labels.Slug(environment.Libtorch)}", "SoftwareApplication",
            ("name", _citation.Title), ("softwareVersion", version[0]), ("identifier", version.ElementAtOrDefault(1) is { } commit ? $"git commit {commit}" : null),
            ("softwareRequirements", $"libtorch {environment.Libtorch}, {environment.Runtime}"),
            ("url", _citation.RepositoryCode.Length > 0 ? _citation.RepositoryCode : null));
    }

    private JsonObject Dataset(RunResult run)
    {
        var (spec, card) = (run.Spec, run.Dataset);
        var file = card?.Files.GetValueOrDefault(spec.Size);
        // Known by its checksum: a file of the same name with other bytes is another entity.
        string id = file?.Md5 == spec.DatasetMd5 && card?.IsOwn == false ? file.Url : $"#dataset-{spec.Dataset}-{spec.Size}-{spec.DatasetMd5}";
        // Not a File: that would have to be part of the crate.
        return _graph.Add(id, "CreativeWork",
            ("name", $"{card?.Title ?? spec.Dataset}, {spec.Size} px"),
            ("identifier", Checksum("MD5", spec.DatasetMd5)),
            ("license", card is null ? null : (JsonNode)card.License),
            ("description", card?.Files.Count == 0 ? "generated by the software: evidence for nothing" : null));
    }

    private JsonObject? Checkpoint(RunSpec spec)
    {
        if (spec.Weights.Sha256 is not { } sha) return null;
        var card = Known(() => ModelCatalog.Get(spec.Model));
        return _graph.Add($"#checkpoint-{sha}", "CreativeWork",
            ("name", $"checkpoint of {spec.Model}"), ("sha256", sha), ("isBasedOn", card?.Hub is { } hub ? Source(hub) : null));
    }

    private JsonObject Source(WeightSource source) =>
        _graph.Add(source.Url ?? (source.Package is null ? null : $"https://www.nuget.org/packages/{source.Package}/{source.Revision}") ?? $"https://huggingface.co/{source.Repository}/blob/{source.RevisionOrMain}/{source.FileName}", "CreativeWork", ("name", source.ToString()));

    private JsonObject Checksum(string algorithm, string digits) =>
        _graph.Add($"#{algorithm.ToLowerInvariant()}-{Labels.Slug(digits)}", "PropertyValue", ("propertyID", algorithm), ("value", digits));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static T? Known<T>(Func<T> find) where T : class
    {
        try
        {
            return find();
        }
        catch (MedBenchException)
        {
            return null;
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Reporting.Crate;
using MedBench.Runs.Store;
using MedBench.Tests.Reporting.Html;
using MedBench.Training.Runs;
using YamlDotNet.RepresentationModel;

namespace MedBench.Tests.Reporting.Crate;

public sealed class ReportFolderTests : IClassFixture<ReportFolderTests.Written>
{
    private readonly Written _written;
    private readonly Dictionary<string, JsonElement> _entities;

    public ReportFolderTests(Written written)
    {
        _written = written;
        _entities = written.Metadata.RootElement.GetProperty("@graph").EnumerateArray().ToDictionary(e => e.GetProperty("@id").GetString()!);
    }

    [Fact]
    public void Metadata_Descriptor_ConformsAndPointsToTheRoot()
    {
        var descriptor = _entities["ro-crate-metadata.json"];
        Assert.Equal("https://w3id.org/ro/crate/1.1", Id(descriptor, "conformsTo"));
        Assert.Equal("./", Id(descriptor, "about"));

        var root = _entities["./"];
        Assert.Equal("Dataset", root.GetProperty("@type").GetString());
        Assert.Equal("https://w3id.org/ro/wfrun/process/0.5", Id(root, "conformsTo"));
        Assert.Equal("https://spdx.org/licenses/MIT", Id(root, "license"));
        Assert.DoesNotContain("..", root.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.All((string[])["name", "description", "datePublished"], p => Assert.NotEmpty(root.GetProperty(p).GetString()!));
    }

    [Fact]
    public void Metadata_EveryReference_Resolves()
    {
        // A term and a specification, which are known by their addresses alone.
        string[] ofOthers = ["http://schema.org/CompletedActionStatus", "https://w3id.org/ro/crate/1.1"];

        Assert.Empty(_entities.Values.SelectMany(References).Where(id => !_entities.ContainsKey(id)).Except(ofOthers));
    }

    [Fact]
    public void Metadata_EveryEntity_IsReachedFromTheRoot()
    {
        var reached = new HashSet<string> { "ro-crate-metadata.json" };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out string? id))
            foreach (string next in References(_entities[id]).Where(n => _entities.ContainsKey(n) && reached.Add(n))) open.Enqueue(next);

        Assert.Equal(_entities.Keys.Order(), reached.Order());
    }

    [Fact]
    public void Metadata_EveryFile_IsThereWithItsChecksum()
    {
        var parts = _entities["./"].GetProperty("hasPart").EnumerateArray().Select(p => _entities[p.GetProperty("@id").GetString()!]).ToList();

        Assert.Equal(
            Directory.EnumerateFiles(_written.Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_written.Folder, f)).Except(["ro-crate-metadata.json", "codecheck.yml"]).Order(),
            parts.Select(p => p.GetProperty("@id").GetString()).Order());
        Assert.All(parts, p => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_written.Folder, p.GetProperty("@id").GetString()!)))), p.GetProperty("sha256").GetString()));
    }

    [Fact]
    public void Metadata_EveryFileOrDataset_IsPartOfTheCrate()
    {
        var parts = new HashSet<string> { "./" };
        var open = new Queue<string>(parts);
        while (open.TryDequeue(out string? id))
            if (_entities[id].TryGetProperty("hasPart", out var has))
                foreach (string part in References(has).Where(parts.Add)) open.Enqueue(part);

        Assert.All(_entities.Where(e => e.Value.GetProperty("@type").GetString() is "File" or "Dataset"), e => Assert.Contains(e.Key, parts));
    }

    [Fact]
    public void Metadata_EveryRun_HasSoftwareDataAndResult()
    {
        var actions = _entities.Values.Where(e => e.GetProperty("@type").GetString() == "CreateAction").ToList();
        Assert.Equal(SampleReport.Measured.Runs.Count, actions.Count);
        var breast = DatasetCatalog.Get("breastmnist").File(28);

        foreach (var (run, action) in SampleReport.Measured.Runs.Select(r => (r, _entities[$"#run-{r.Id}"])))
        {
            var software = _entities[Id(action, "instrument")];
            Assert.Contains(run.Result.Environment.Version.Split('+')[1], software.GetProperty("identifier").GetString(), StringComparison.Ordinal);
            Assert.Equal($"records/{run.Id}.json", Id(action, "result"));
            Assert.Equal(run.Command, action.GetProperty("description").GetString());
            if (run.Result.Spec.Dataset != "breastmnist") continue;
            var data = _entities[action.GetProperty("object")[0].GetProperty("@id").GetString()!];
            Assert.Equal(breast.Url, data.GetProperty("@id").GetString());
            Assert.Equal(breast.Md5, _entities[Id(data, "identifier")].GetProperty("value").GetString());
        }
    }

    [Fact]
    public void Metadata_Checkpoint_IsNamedByItsChecksum()
    {
        var run = SampleRuns.Configuration(model: "resnet18.a1_in1k", recipe: "doerrich2025", method: "knn");
        string digest = new('a', 64);
        string json = new RoCrate(SampleReport.Build(new SampleRuns(SampleRuns.Result(run, 0, 0.75, weights: WeightsId.Checkpoint(digest)))), []).Write();

        using var document = JsonDocument.Parse(json);
        var checkpoint = document.RootElement.GetProperty("@graph").EnumerateArray().Single(e => e.GetProperty("@id").GetString() == $"#checkpoint-{digest}");
        Assert.Equal(digest, checkpoint.GetProperty("sha256").GetString());
        Assert.StartsWith("https://huggingface.co/timm/resnet18.a1_in1k", Id(checkpoint, "isBasedOn"), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_AreReadAsRunsAgain()
    {
        var run = SampleReport.Measured.Runs[0];
        string file = Path.Combine(_written.Folder, RoCrate.RecordOf(run.Id));

        Assert.Equal(StrictJson.Write(run.Result), StrictJson.Write(StrictJson.Read<RunResult>(File.ReadAllBytes(file), file)));
    }

    [Fact]
    public void Codecheck_Manifest_ListsFilesThatAreThere()
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Path.Combine(_written.Folder, "codecheck.yml"));
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;

        var files = ((YamlSequenceNode)root["manifest"]).Select(m => m["file"].ToString()).ToList();
        Assert.Contains("report.html", files);
        Assert.All(files, f => Assert.True(File.Exists(Path.Combine(_written.Folder, f)), f));
    }

    private static string Id(JsonElement entity, string property) => entity.GetProperty(property).GetProperty("@id").GetString()!;

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        JsonValueKind.Object when element.EnumerateObject().Count() == 1 && element.TryGetProperty("@id", out var id) => [id.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => References(p.Value)),
        _ => [],
    };

    public sealed class Written : IDisposable
    {
        private readonly TestFolder _folder = new();

        public Written()
        {
            ReportFolder.Write(Folder, SampleReport.Measured, SampleReport.MeasuredPage);
            Metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, RoCrate.FileName)));
        }

        internal string Folder => _folder.File("crate");

        internal JsonDocument Metadata { get; }

        public void Dispose()
        {
            Metadata.Dispose();
            _folder.Dispose();
        }
    }
}

using System.Text;
using CsCheck;
using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Scoring;
using MedBench.Claims.Snapshots;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Runs;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Models.Weights;
using MedBench.Models.Weights.Hub;
using MedBench.Reporting.Checks;
using MedBench.Reporting.History;
using MedBench.Runs.Cells;
using MedBench.Runs.Experiments;
using MedBench.Runs.Papers;
using MedBench.Runs.Planning;
using MedBench.Runs.Store;
using MedBench.Tests.Runs.Planning;
using MedBench.Training.Engine;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Tests.Faults;

/// <summary>A damaged text gives a <see cref="MedBenchException"/> or a value, never another exception, in bounded time and memory, whichever reader it meets. CsCheck_Iter=5000 tries more texts a reader.</summary>
public sealed class TextFuzzTests : IDisposable
{
    // -1: what the variable says.
    private static readonly int s_tries = Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? 50 : -1;
    private const long MostBytes = 256 << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);
    private static readonly PublishedResults s_published = PublishedResults.Load();

    private static readonly string[] s_tokens =
    [
        "", "null", "Null", "~", "0", "-1", "1", "007", "1_0", "1,5", "0x10", "1e999", "1e-999", "-0.0", "NaN", ".inf", "99999999999999999999", "2147483648", "true", "\"\"", "''", "[]", "{}", "[", "{", "}", "]", "\"", "'", ",", ":", ": ", "- ", "\n", "\r", "\t", " ", "\0",
        "&a", "*a", "&a [*a]", "<<: *a", "!!int x", "!!binary x", "!x", "? ", "| ", "> ", "%YAML 9", "---\n", "...\n", "# ", "all", "acc", "..", "../..", "/dev/zero", "a|b", "$HOME", "$NO_SUCH", "%NO_SUCH%", "~x", "\\u0000", "\\ud800", "\\", "é", "𝛼", "\u00ff\u00fe", "2026-13-45", new('x', 5000), new('[', 400), new('9', 400),
    ];

    private static readonly Gen<Change> s_change = Gen.Select(Gen.Int[0, 8], Gen.Double.Unit, Gen.Double.Unit, Gen.OneOf(s_tokens.Select(Gen.Const).ToArray()), Gen.Byte, (kind, at, other, token, value) => new Change(kind, at, other, token, value));
    private static readonly string[] s_variables = ["HOME", "HF_HOME", "HF_ENDPOINT", "HF_TOKEN", "HF_TOKEN_PATH", "HF_HUB_CACHE", "HF_HUB_OFFLINE", "XDG_CACHE_HOME", "MEDBENCH_WEIGHTS", "MEDBENCH_CACHE", "MEDMNIST_ROOT", "NUGET_PACKAGES"];

    private readonly TestFolder _folder = new();

    public static TheoryData<string> Readers =>
    [
        "experiment", "recipe", "rules", "claims", "study", "dataset card", "papers.csv", "models.csv", "methods.csv", "known-deviations.csv", "results.csv", "runs.csv", "released.csv", "weights.lock.json",
        "scores.csv", "labels.txt", "record", "plan", "snapshot", "history", "audit", "page", "rename rules", "variables", "checkpoint seconds", "seeds", "filter", "subset", "duration", "variant", "weights id", "evidence", "argument",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Readers))]
    public void Read_DamagedText_ThrowsMedBenchExceptionOrReads(string reader)
    {
        var (valid, read) = Reader(reader);
        read(valid);
        s_change.Array[1, 3].Sample(changes =>
        {
            byte[] damaged = changes.Aggregate(valid, (text, change) => change.Of(text));
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Environment.TickCount64;
            try
            {
                read(damaged);
            }
            catch (MedBenchException e)
            {
                Assert.NotEqual("", e.Message);
                Assert.NotEqual("", e.Fix);
            }
            catch (Exception e)
            {
                Assert.Fail($"{e}\nof: {Shown(damaged)}");
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"took {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB: {Shown(damaged)}");
            Assert.True(Environment.TickCount64 - start < s_longest.TotalMilliseconds, $"took {Environment.TickCount64 - start} ms: {Shown(damaged)}");
        }, iter: s_tries, threads: 1, print: changes => string.Join("; ", changes.AsEnumerable()));
    }

    private static string Shown(byte[] bytes) => Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 3000)));

    private (byte[] Valid, Action<byte[]> Read) Reader(string name) => name switch
    {
        "experiment" => (File.ReadAllBytes(Repository.File("experiments/yang2023/enlarged.yaml")), b => ExperimentFile.Parse(TextFile.Decode(b, "e.yaml"), "e.yaml", s_published.Catalog)),
        "recipe" => (File.ReadAllBytes(Repository.File("src/MedBench.Training/Recipes/wu2025.yaml")), b => RecipeCatalog.Parse(TextFile.Decode(b, "r.yaml"), "r.yaml")),
        "claims" => (File.ReadAllBytes(Repository.File("expected-results/yang2023/claims.yaml")), b => ClaimFile.Parse(TextFile.Decode(b, "c.yaml"), "c.yaml", s_published)),
        "rules" => InFolder("rules.json", folder => VerdictRules.Load(folder)),
        "weights.lock.json" => InFolder(name, folder => WeightsLock.Load(folder)),
        "study" => InFolder("yang2023-official-script/study.yaml", folder => PublishedResults.Load(folder)),
        "papers.csv" or "models.csv" or "methods.csv" or "known-deviations.csv" => InFolder(name, folder => PublishedResults.Load(folder)),
        "results.csv" => InFolder("demo/results.csv", folder => PublishedResults.Load(folder)),
        "runs.csv" => InFolder("yang2023-official-script/runs.csv", folder => PublishedResults.Load(folder)),
        "released.csv" => InFolder("yang2023/released.csv", folder => PublishedResults.Load(folder)),
        "dataset card" => Written("schema: 1\nname: own\ntitle: Own images\ntask: multi-class\nlabels: [a, b, c]\nlicense: CC0\nnpz: own.npz\n", "own.yaml", path => NotThere(() => OwnDataset.Read(path))),
        "scores.csv" => Written(string.Concat(Enumerable.Range(0, 156).Select(i => $"{i},0.25,0.75\n")), "s.csv", path => ScoreFile.Read(path, DatasetCatalog.Get("breastmnist"))),
        "labels.txt" => Written(string.Concat(Enumerable.Range(0, 156).Select(i => $"{i % 2}\n")), "l.txt", path => LabelFile.Read(path, DatasetCatalog.Get("breastmnist"))),
        "record" => (File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(Repository.Measured, "yang2023"), "*.json").Order(StringComparer.Ordinal).First()), b => RunResult.Read(b, "result.json").Configuration()),
        "plan" => Plan(),
        "snapshot" => (File.ReadAllBytes(Directory.EnumerateFiles(Repository.File("expected-results/pecco2026/snapshots"), "*.json").Order(StringComparer.Ordinal).First()), b => ClaimSnapshot.Parse(TextFile.Decode(b, "s.json"), "s.json")),
        "history" => Written("""{"date":"2026-11-26T00:00:00+00:00","version":"1","rules":"2","papers":["a"],"runs":3,"cells":{},"claims":{}}""" + "\n", "h.jsonl", path => VerdictHistory.Read(path)),
        "audit" => (File.ReadAllBytes(Repository.File("audits/retinamnist_28.json")), b => StrictJson.Read<DatasetAudit>(b, "a.json")),
        "page" => (Bytes("""
            <html><head><meta name="medbench-report" content="demo;1"><meta name="generator" content="g"></head><body><h1>t</h1><figure id="f"><figcaption>c</figcaption><svg></svg><table><thead><th>a</th></thead><tbody><tr><td>1</td></tr></tbody></table></figure>
            <script id="records" type="application/json">{"strings":["s"],"fields":["f"],"metrics":["m"],"cells":[{"spec":[0]}],"environments":[{}],"runs":{"r":[0,0,0,0,[1],1,1,1,[0]]}}</script></body></html>
            """), b => PageContent.Of(TextFile.Decode(b, "p.html"), "p.html")),
        "rename rules" => (Bytes("""[{"prefix": "visual.trunk.", "to": ""}, {"pattern": "^text\\.(a|b)+$", "drop": true}]"""), b => KeyRemap.Parse(TextFile.Decode(b, "m.json")).Apply("text.ababababababababababababababab!")),
        "variables" => (Bytes("HOME=/h\nHF_HOME=~/hf\nHF_ENDPOINT=https://hub.example\nHF_TOKEN=hf_secret\nMEDBENCH_WEIGHTS=$HOME/w\nMEDBENCH_CACHE=${HOME}/c\nHF_HUB_CACHE=%HOME%/c\n"), Variables),
        "checkpoint seconds" => Text("60", text => CheckpointInterval.Parse(text)),
        "seeds" => Text("0-4,7,9", text => Seeds.Parse(text)),
        "filter" => Text("dataset=breastmnist,model=resnet50*|resnet18*", text => CellFilter.Parse([text]).Check(s_demo.Value)),
        "subset" => Text("25% by seed 1", text => SubsetDraw.Parse(text)),
        "duration" => Text("1d2h30m5.5s", text => Durations.Parse("--max-hours", text)),
        "variant" => Text("lr-1e-5+10-shot+formula-weights+last-epoch", text => CellVariant.Parse(text)),
        "weights id" => Text($"{WeightsId.Checkpoint(new('a', 64))}", text => WeightsId.Parse(text)),
        "evidence" => Text("independent:pecco2026", text => EvidenceSource.Parse(text, ["pecco2026", "wu2025"])),
        "argument" => Text("--cache=$HOME/x", text => UserPath.Argument(text)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static readonly Lazy<IReadOnlyList<ExperimentCell>> s_demo = new(() => [.. ExperimentCatalog.BuiltIn(s_published.Catalog).Where(f => f.Experiment.Paper == "yang2023").SelectMany(f => f.Cells)]);

    // The numbers of one paper are enough: the folder is read anew for each text.
    private (byte[], Action<byte[]>) InFolder(string name, Action<string> read)
    {
        string[] small = ["papers.csv", "models.csv", "methods.csv", "known-deviations.csv", "rules.json", "weights.lock.json", "demo/results.csv", "yang2023-official-script/study.yaml", "yang2023-official-script/runs.csv", "yang2023/released.csv"];
        foreach (string file in small) _folder.Write(file, File.ReadAllBytes(Repository.File($"expected-results/{file}")));
        return (File.ReadAllBytes(_folder.File(name)), bytes =>
        {
            _folder.Write(name, bytes);
            read(_folder.Path);
        }
        );
    }

    private (byte[], Action<byte[]>) Written(string valid, string name, Action<string> read) => (Bytes(valid), bytes => read(_folder.Write(name, bytes)));

    private static (byte[], Action<byte[]>) Text(string valid, Action<string> read) => (Bytes(valid), bytes => read(TextFile.Decode(bytes, "text")));

    private (byte[], Action<byte[]>) Plan()
    {
        WorkPlanTests.Demo().Write(_folder.File("plan.json"));
        return Written(File.ReadAllText(_folder.File("plan.json")), "plan.json", path =>
        {
            var plan = WorkPlan.Read(path);
            plan.CellsOf(1, s_published.Catalog);
        });
    }

    // Text alone is tried here: the archive is not there, and a card that is right says so.
    private static void NotThere(Action read)
    {
        try
        {
            read();
        }
        catch (MedBenchException e) when (e.Message.EndsWith("own.npz does not exist", StringComparison.Ordinal))
        {
        }
    }

    private static void Variables(byte[] bytes)
    {
        var values = TextFile.Decode(bytes, "environment").Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0]).ToDictionary(g => g.Key, g => g.Last()[1]);
        // No variable of a process holds a null character.
        string? Get(string name) => values.GetValueOrDefault(name)?.Split('\0')[0];
        HubSettings.FromEnvironment(Get);
        foreach (string name in s_variables) UserPath.OfVariable(name, Get);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>One edit of a text: of a byte, a run, a word, a line, or its end.</summary>
    private sealed record Change(int Kind, double At, double Other, string Token, byte Value)
    {
        public byte[] Of(byte[] text)
        {
            int at = (int)(At * text.Length), run = Math.Min((int)(Other * 40), text.Length - at);
            byte[] token = Bytes(Token);
            if (text.Length == 0) return token;
            switch (Kind)
            {
                case 0: return [.. text[..at], Value, .. text[(at + 1)..]];
                case 1: return [.. text[..at], .. text[(at + run)..]];
                case 2: return [.. text[..(at + run)], .. text[at..]];
                case 3: return [.. text[..at], .. token, .. text[at..]];
                case 4: return text[..at];
            }
            var (from, to) = Kind is 5 or 6 ? Around(text, at, b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'+') : Around(text, at, b => b != '\n');
            return Kind switch
            {
                5 or 6 => [.. text[..from], .. token, .. text[to..]],
                7 => [.. text[..from], .. text[Math.Min(to + 1, text.Length)..]],
                _ => [.. text[..to], (byte)'\n', .. text[from..]],
            };
        }

        private static (int From, int To) Around(byte[] text, int at, Func<byte, bool> within)
        {
            int from = at, to = at;
            while (from > 0 && within(text[from - 1])) from--;
            while (to < text.Length && within(text[to])) to++;
            return (from, to);
        }
    }
}

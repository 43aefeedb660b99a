using System.Security.Cryptography;
using MedBench.Data.Datasets;
using MedBench.Runs.Store;
using MedBench.Tests.Data.Preprocessing;
using MedBench.Tests.Runs.Store;
using Xunit.Abstractions;

namespace MedBench.Tests.Faults;

/// <summary>SIGKILL at random points: nothing lost, nothing half-read, the same in the end.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Fault")]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Download_KilledAgainAndAgain_KeepsEveryByteThatArrived()
    {
        RequireSignals();
        byte[] content = PillowResizerTests.HashPixels("killed download", 6_000_000);
        string md5 = Convert.ToHexStringLower(MD5.HashData(content)), path = _folder.File("root/data.npz"), part = path + ".part";
        using var server = new FileServer(content, (it, context, _) => it.Drip(context, 1 << 16, TimeSpan.FromMilliseconds(2)));
        long arrived = 0;
        new KillPlan
        {
            Name = "downloads",
            Share = 25,
            Start = () => Victim.Worker("download", server.Address + "data.npz", md5, _folder.File("root")),
            AfterKill = () =>
            {
                if (File.Exists(path)) Assert.Equal(content, File.ReadAllBytes(path));
                long now = File.Exists(path) ? content.Length : File.Exists(part) ? new FileInfo(part).Length : 0;
                Assert.InRange(now, arrived, content.Length);
                if (now > 0 && !File.Exists(path)) Assert.True(File.ReadAllBytes(part).AsSpan().SequenceEqual(content.AsSpan(0, (int)now)));
                arrived = now;
            },
            AfterEnd = () =>
            {
                Assert.Equal(content, File.ReadAllBytes(path));
                if (arrived > 0 && arrived < content.Length) Assert.Equal($"bytes={arrived}-", server.Ranges[^1]);
                Assert.Equal([path], Directory.GetFiles(_folder.File("root")));
            },
            Reset = () => (arrived, _) = (0, Remove("root")),
        }.Carry(output);
    }

    [SkippableFact]
    public void Unpacking_KilledAgainAndAgain_ShowsAllArraysOrNone()
    {
        RequireSignals();
        string npz = _folder.File("data.npz"), arrays = _folder.File("cache/arrays");
        SyntheticDataset.Write(npz, 64, 0, new SplitCounts(1500, 200, 300));
        Dictionary<string, string>? expected = null;
        new KillPlan
        {
            Name = "cache writes",
            Share = 25,
            Start = () => Victim.Worker("unpack", npz, _folder.File("cache")),
            AfterKill = () =>
            {
                if (expected is not null && Visible(arrays).SingleOrDefault() is { } whole) Assert.Equal(expected, Contents(whole));
                // Each start first clears away what the one before it left: killing never fills the disk.
                Assert.InRange(Hidden(arrays).Count, 0, 1);
            },
            AfterEnd = () =>
            {
                var found = Contents(Assert.Single(Visible(arrays)));
                Assert.Equal(7, found.Count);
                Assert.Equal(expected ??= found, found);
                Assert.Empty(Hidden(arrays));
            },
            Reset = () => Remove("cache"),
        }.Carry(output);
    }

    [SkippableFact]
    public void Store_KilledAgainAndAgain_EndsWithTheSameResults()
    {
        const int Cells = 6;
        KillWriters("results", share: 25, Cells, store => Victim.Worker("cells", store, _folder.File("log"), $"{Cells}", "40"));
    }

    [SkippableFact]
    public void Merge_KilledAgainAndAgain_EndsWithTheSameStore()
    {
        // Two stores that share some runs.
        const int Cells = 20;
        for (int seed = 0; seed < Cells; seed++)
            foreach (string part in (string[])["a", "b"])
                if (seed % 3 == 0 || (seed % 3 == 1) == (part == "a"))
                    new ResultsStore(_folder.File(part)).Save(Output(seed));
        var environment = new Dictionary<string, string> { ["MEDBENCH_CACHE"] = _folder.File("cache") };
        KillWriters("merges", share: 10, Cells, store => Victim.MedBench(environment, "merge", _folder.File("a"), _folder.File("b"), "--into", store));
    }

    [Fact]
    public void EightProcesses_OneDownload_FetchItOnce()
    {
        byte[] content = PillowResizerTests.HashPixels("shared download", 1_000_000);
        using var server = new FileServer(content, (it, context, _) => it.Drip(context, 1 << 16, TimeSpan.FromMilliseconds(20)));
        string md5 = Convert.ToHexStringLower(MD5.HashData(content));
        var workers = Enumerable.Range(0, 8).Select(_ => Victim.Worker("download", server.Address + "data.npz", md5, _folder.File("root"))).ToList();
        workers.ForEach(w => w.Finish());
        workers.ForEach(w => w.Dispose());
        Assert.Equal(["-"], server.Ranges);
        Assert.Equal(content, File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder.File("root"), "*", SearchOption.AllDirectories))));
    }

    [Fact]
    public void EightProcesses_OneStore_ComputeEachCellOnce()
    {
        const int Cells = 12;
        string store = _folder.File("store"), log = _folder.File("log");
        var workers = Enumerable.Range(0, 8).Select(_ => Victim.Worker("cells", store, log, $"{Cells}", "30")).ToList();
        workers.ForEach(w => w.Finish());
        workers.ForEach(w => w.Dispose());
        Assert.Equal(Cells, Directory.GetFiles(log, "*.begun").Length);
        AssertWhole(store, Cells);
    }

    [SkippableFact]
    public void EightProcesses_SomeKilled_ComputeACellAgainOnlyWhereItWasLost()
    {
        RequireSignals();
        const int Cells = 12;
        string store = _folder.File("store"), log = _folder.File("log");
        int wanted = KillPlan.Kills(15), kills = 0, rounds = 0;
        var random = MedBench.Data.Randomness.SplitMix64.From(1, 8, wanted);
        while (kills < wanted)
        {
            Assert.True(rounds++ < 10 + wanted, "the workers end before they can be killed");
            Remove("store");
            Remove("log");
            int before = kills;
            var workers = Enumerable.Range(0, 8).Select(_ => Victim.Worker("cells", store, log, $"{Cells}", "60")).ToList();
            for (int i = 0; i < 7 && kills < wanted; i++)
                if (workers[i].KillAfter(TimeSpan.FromMilliseconds(random.Next(500)))) kills++;
            workers[7].Finish();
            workers.ForEach(w => w.Dispose());
            Assert.InRange(Directory.GetFiles(log, "*.begun").Length, Cells, Cells + kills - before);
            AssertWhole(store, Cells);
        }
        output.WriteLine($"eight processes on one store: {kills} kills in {rounds} rounds");
        KillPlan.Record("eight processes on one store", kills, rounds);
    }

    // Results appear whole and never go again.
    private void KillWriters(string name, int share, int cells, Func<string, Victim> start)
    {
        RequireSignals();
        string folder = _folder.File("store");
        HashSet<string> seen = [];
        new KillPlan
        {
            Name = name,
            Share = share,
            Start = () => start(folder),
            AfterKill = () =>
            {
                HashSet<string> now = [.. new ResultsStore(folder).All().Select(r => r.Id)];
                Assert.Superset(seen, now);
                seen = now;
            },
            AfterEnd = () => AssertWhole(folder, cells),
            Reset = () =>
            {
                seen = [];
                Remove("store");
            },
        }.Carry(output);
    }

    private static void RequireSignals() => Skip.If(OperatingSystem.IsWindows(), "needs SIGKILL and its exit code: run the tests on Linux or macOS");

    // Everything is there, reads back, is byte for byte what one quiet run writes, and nothing else lies about.
    private void AssertWhole(string folder, int cells)
    {
        var store = new ResultsStore(folder);
        Assert.Equal(Enumerable.Range(0, cells).Select(seed => Samples.Spec(seed).Id).Order(StringComparer.Ordinal), store.All().Select(r => r.Id));
        for (int seed = 0; seed < cells; seed++)
        {
            var spec = Samples.Spec(seed);
            string quiet = _folder.File($"quiet/{seed}");
            if (!Directory.Exists(quiet)) new ResultsStore(quiet).Save(Output(seed));
            Assert.Equal(Contents(Path.Combine(quiet, spec.Id)), Contents(store.PathOf(spec)));
        }
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    // As MedBench.FaultWorker computes it.
    private static RunOutput Output(int seed) => Samples.Output(Samples.Spec(seed)) with { Log = new string('x', 1 << 20) };

    private static Dictionary<string, string> Contents(string folder) =>
        Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))));

    private static List<string> Visible(string folder) => [.. Entries(folder).Where(e => !Path.GetFileName(e).StartsWith('.'))];

    private static List<string> Hidden(string folder) => [.. Entries(folder).Where(e => Path.GetFileName(e).StartsWith('.'))];

    private static string[] Entries(string folder) => Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];

    private bool Remove(string name)
    {
        if (Directory.Exists(_folder.File(name))) Directory.Delete(_folder.File(name), recursive: true);
        return true;
    }
}

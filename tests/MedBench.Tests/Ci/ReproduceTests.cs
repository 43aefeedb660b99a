using System.Text;
using MedBench.Tests.Ci.Rehearsals;
using Xunit.Abstractions;

namespace MedBench.Tests.Ci;

/// <summary>reproduce.yml as a user starts it, rehearsed here: one shard or many, one that is killed and run again, and a second dispatch.</summary>
[Collection(Faults.FaultCollection.Name)]
public sealed class ReproduceTests(ITestOutputHelper output) : IDisposable
{
    // dotnet build does nothing here, dotnet run is the medbench of these tests; gh answers the two questions of eng/earlier-results.sh.
    private const string Dotnet = """
        #!/usr/bin/env bash
        [ "$1" = run ] || exit 0
        while [ "$1" != -- ]; do shift; done
        shift
        exec "$REAL_DOTNET" "$MEDBENCH_DLL" "$@"
        """;

    private const string Gh = """
        #!/usr/bin/env bash
        set -euo pipefail
        hub="$REHEARSAL_HUB/artifacts"
        if [ "$1" = api ]; then
          name="$(sed 's/.*name=\([^&]*\).*/\1/' <<< "$2")"
          for run in $(ls "$hub" 2>/dev/null | sort -rn); do if [ -d "$hub/$run/$name" ]; then echo "$run"; exit 0; fi; done
        else
          mkdir -p "$9"
          cp -r "$hub/$3/$7/." "$9"
        fi
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Dispatch_OneShardOrThree_GivesTheSameStoreAndReport()
    {
        RequireMinutes();
        Prepare();
        var one = Log(Start(1, ("shards", "1"), ("filter", "dataset=synthetic,method=from-scratch"), ("publish", "true")).Go());
        Assert.All(one.Results, job => Assert.Equal("success", job.Value));
        Assert.Equal(4, Runs(one));

        // Another repository: nothing is kept there.
        using var other = new TestFolder();
        Prepare(other);
        var three = Log(new Rehearsal(other.Path, 1, ("paper", "demo"), ("tier", "demo"), ("shards", "3"), ("filter", "dataset=synthetic,method=from-scratch"), ("publish", "true")).Go());
        Assert.All(three.Results, job => Assert.Equal("success", job.Value));
        Assert.Equal(["shard 1", "shard 2", "shard 3"], three.Results.Keys.Where(k => k.StartsWith("shard", StringComparison.Ordinal)));
        Assert.Equal(Names(one), Names(three));

        // A second dispatch computes nothing: there is no shard, and the report is that of the first.
        var second = Log(Start(2, ("shards", "1"), ("filter", "dataset=synthetic,method=from-scratch"), ("publish", "true")).Go());
        Assert.Equal(("success", "skipped", "success", "success"), (second.Results["plan"], second.Results["shard"], second.Results["report"], second.Results["publish"]));
        Assert.Equal(Names(one), Names(second));
    }

    [SkippableFact]
    public void Dispatch_AShardIsKilled_IsRedAndARerunOfItFinishesAndPublishes()
    {
        RequireMinutes();
        Prepare();
        // The second shard is killed, as by the out-of-memory killer, in its first slice of the first attempt.
        var rehearsal = new Rehearsal(_folder.Path, 1, ("paper", "demo"), ("tier", "demo"), ("shards", "2"), ("publish", "true"))
        {
            Sabotage = (job, attempt) => job == "shard 2" && attempt == 1 ? "timeout() { shift 2; ( shift; \"$@\" & sleep 2; kill -9 $! ); return 137; }; export -f timeout; " : "",
        };
        rehearsal.Go();
        Assert.Equal(("success", "failure", "success", "success"), (rehearsal.Results["shard 1"], rehearsal.Results["shard 2"], rehearsal.Results["report"], rehearsal.Results["publish"]));
        Assert.Contains("out of memory?", rehearsal.Log, StringComparison.Ordinal);
        int before = Runs(rehearsal);

        Log(rehearsal.Go());

        Assert.All(rehearsal.Results, job => Assert.Equal("success", job.Value));
        Assert.DoesNotContain("attempt 2", rehearsal.Log[..rehearsal.Log.IndexOf("attempt 2", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("shard 1:", rehearsal.Log[rehearsal.Log.IndexOf("attempt 2", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.InRange(before, 0, 4);
        Assert.Equal(5, Runs(rehearsal));
    }

    [SkippableFact]
    public void Dispatch_AGpuBuildForAStandardRunner_IsRefusedBeforeAnythingIsBuilt()
    {
        Prepare();
        var rehearsal = Log(Start(1, ("backend", "cuda")).Go());
        Assert.Equal(("failure", "skipped"), (rehearsal.Results["plan"], rehearsal.Results["report"]));
        Assert.Contains("ubuntu-24.04 has no GPU", rehearsal.Log, StringComparison.Ordinal);
    }

    private Rehearsal Start(int run, params (string, string)[] inputs) => new(_folder.Path, run, [("paper", "demo"), ("tier", "demo"), .. inputs]);

    private Rehearsal Log(Rehearsal rehearsal)
    {
        output.WriteLine(rehearsal.Log);
        Directory.CreateDirectory(Repository.File("artifacts/test-results/rehearsal"));
        using var file = new StreamWriter(Repository.File($"artifacts/test-results/rehearsal/{Guid.NewGuid():N}.log"));
        file.Write(rehearsal.Log);
        return rehearsal;
    }

    private static int Runs(Rehearsal rehearsal) => Names(rehearsal).Length;

    private static string[] Names(Rehearsal rehearsal) =>
        [.. Directory.EnumerateDirectories(Path.Combine(rehearsal.WorkspaceOf("report"), "results")).Select(d => Path.GetFileName(d)).Where(n => n[0] != '.').Order(StringComparer.Ordinal)];

    private static void RequireMinutes() => Skip.IfNot(Environment.GetEnvironmentVariable("MEDBENCH_REHEARSAL") == "1", "takes minutes: eng/rehearse.sh");

    private void Prepare() => Prepare(_folder);

    private static void Prepare(TestFolder folder)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs bash 4 and GNU timeout, as on the runners of the workflows: run it on Linux");
        folder.Write("checkout/recipe.yaml", File.ReadAllBytes(Repository.File("tests/slurm/recipe.yaml")));
        folder.Write("checkout/experiments/demo/demo.yaml", Encoding.UTF8.GetBytes(File.ReadAllText(Repository.File("tests/slurm/experiment.yaml")).Replace("@RECIPE@", "../../recipe.yaml")));
        Hub.Copy(Repository.File("expected-results"), folder.File("checkout/expected-results"));
        foreach (var (name, text) in ((string, string)[])[("dotnet", Dotnet), ("gh", Gh)])
        {
            string real = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            string path = folder.Write($"bin/{name}", Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Replace("$REAL_DOTNET", Path.IsPathRooted(real) ? real : "/usr/bin/env -i dotnet").Replace("$MEDBENCH_DLL", Path.Combine(AppContext.BaseDirectory, "medbench.dll"))));
            Rehearsal.MakeExecutable(path);
        }
    }
}

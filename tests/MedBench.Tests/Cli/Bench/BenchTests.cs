using System.Text.Json;
using MedBench.Cli.Bench;
using MedBench.Models.Catalog;

namespace MedBench.Tests.Cli.Bench;

public sealed class BenchTests
{
    private static readonly string[] s_small = ["bench", "--model", "resnet18.cifar", "--input-size", "28", "--batch", "2", "--seconds", "0.01"];

    [Fact]
    public async Task Bench_Json_HasAFigureForEveryPart()
    {
        using var folder = new TestFolder();
        var output = await MedBenchProcess.RunAsync(folder, [.. s_small, "--only", "forward", "step", "optimizer", "--json"]);
        Assert.True(output.ExitCode == 0, output.Err);
        using var json = JsonDocument.Parse(output.Out);
        var figures = json.RootElement.GetProperty("figures").EnumerateArray().ToDictionary(f => f.GetProperty("work").GetProperty("name").GetString()!);
        Assert.Equal(["forward", "gemm", "optimizer", "step"], figures.Keys.Order(StringComparer.Ordinal));
        Assert.All(figures.Values, f => Assert.True(f.GetProperty("seconds").GetDouble() > 0));
        Assert.Equal(2 / figures["forward"].GetProperty("seconds").GetDouble(), figures["forward"].GetProperty("value").GetDouble(), 1e-6);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("peer").ValueKind);
    }

    [Fact]
    public async Task Bench_ImagesBeyondMemory_AreRefusedAndNotTried()
    {
        using var folder = new TestFolder();
        var output = await MedBenchProcess.RunAsync(folder, ["bench", "--batch", "4096", "--input-size", "1024", "--only", "forward", "--device", "cpu", "--seconds", "0.1"]);

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("4096 images of 1024 px are 49152 MiB", output.Err);
    }

    [Fact]
    public async Task Bench_UnknownPart_SuggestsTheNearest()
    {
        using var folder = new TestFolder();
        var output = await MedBenchProcess.RunAsync(folder, [.. s_small, "--only", "stap"]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains("step", output.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_AddUpWhatTheProtocolsDo()
    {
        var card = ModelCatalog.Get("resnet18.a1_in1k");
        var forward = BenchFigure.Rate(new BenchWork("forward", card.Name), 0.5, 50);
        var probe = new BenchFigure(new BenchWork("probe", card.Name) { Iterations = 15000, Batch = 64 }, 2, 2, "s");
        var step = BenchFigure.Time(new BenchWork("probe-step", card.Name), 0.1);
        var cells = ProbeBench.Cells(card, forward, probe, step).ToDictionary(c => c.Work.Name, c => c.Seconds);
        // 4,708 + 524 + 624 images at 100 a second, then the head.
        Assert.Equal(58.56 + 2, cells["cell-cached"], 1e-9);
        // 73 whole batches an epoch, 15,000 // 73 = 205 epochs.
        Assert.Equal(205 * 73 * 0.1, cells["cell-as-released"], 1e-9);
    }

    [Fact]
    public void Ratio_IsThePeersTimeOverOurs() =>
        Assert.Equal(2, (BenchFigure.Time(new BenchWork("step", ""), 0.1) with { PeerSeconds = 0.2 }).Ratio!.Value, 12);

    [SkippableFact]
    public void Peer_DoesTheSameWork()
    {
        var peer = Peer.TryFind();
        Skip.If(peer is null, "no python3 with torch and numpy: apt-get install python3-torch libopenblas0-pthread python3-numpy python3-pil");
        BenchFigure Measure(BenchWork work) => peer!.Measure(BenchFigure.Time(work, 1), 0, 1, "cpu");
        Assert.True(Measure(new BenchWork("gemm", "")).PeerSeconds > 0);
        Assert.True(Measure(new BenchWork("probe", "") { Images = 200, Width = 8, Classes = 2, Iterations = 6, Batch = 64 }).PeerSeconds > 0);
        Assert.Null(Measure(new BenchWork("cell-cached", "")).Ratio);
        Assert.Matches("^[0-9]+\\.[0-9]+", peer!.Torch!);
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MedBench.Cli.Bench;
using MedBench.Cli.Display;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Runs.Store;
using MedBench.Training.Engine;
using TorchSharp;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench bench</c>: how fast this machine does the parts of a run, if wanted beside Python's PyTorch.</summary>
internal static class BenchCommand
{
    // wu2025's, and what the released probe pays for in every iteration.
    private const int ProbeBatch = 64;

    private const string Parity = "parity", Linear = "linear";
    private static readonly string[] s_parts = ["forward", "step", "optimizer", "pipeline", "probe", "start"];
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly Option<string[]> s_models = new("--model") { Description = "Models (default: resnet18.a1_in1k)", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["resnet18.a1_in1k"] };
    private static readonly Option<bool> s_all = new("--all") { Description = "Every model" };
    private static readonly Option<int> s_batch = NumberOption.Whole("--batch", "Images at a time", Limits.BenchBatch, usual: 8);
    private static readonly Option<int?> s_inputSize = NumberOption.Whole("--input-size", "Pixels (default: 224, or the model's own if it takes no other)", Limits.Pixels);
    private static readonly Option<double> s_seconds = NumberOption.Decimal("--seconds", "Time for each measurement", Limits.MeasuredSeconds, usual: 3);
    private static readonly Option<string[]> s_only = new("--only") { Description = "Some of forward, step, optimizer, pipeline, probe, start (default: all of these); or parity: how far the arithmetics of the device are from float32 on the CPU; or linear: a transformer's linear layers as products and as convolutions", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => s_parts };
    private static readonly Option<bool> s_peer = new("--peer") { Description = "The same work in Python's PyTorch beside it (bench/peer/peer.py)" };
    private static readonly Option<bool> s_asJson = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("bench", "Measure the parts of a run on this machine") { s_models, s_all, s_batch, s_inputSize, s_seconds, s_only, s_peer, s_asJson, CommonOptions.Device, CommonOptions.Threads };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        CommonOptions.SetThreads(parsed);
        var device = CommonOptions.DeviceOf(parsed);
        int batch = parsed.GetValue(s_batch);
        string[] only = [.. parsed.GetValue(s_only)!.Select(part => part is Parity or Linear || s_parts.Contains(part) ? part : throw Names.Unknown("part of the bench", part, [.. s_parts, Parity, Linear]))];
        var cards = parsed.GetValue(s_all) ? [.. ModelCatalog.All] : parsed.GetValue(s_models)!.Select(ModelCatalog.Get).ToList();
        double seconds = parsed.GetValue(s_seconds);
        var peer = parsed.GetValue(s_peer) ? Peer.Find() : null;

        var environment = RunEnvironment.Capture(device);
        var measured = Figures(new Timing(TimeSpan.FromSeconds(seconds)), device, cards, only, batch, parsed.GetValue(s_inputSize));
        List<BenchFigure> figures = [.. peer is null ? measured : measured.Select(f => peer.Measure(f, seconds, environment.Threads, environment.Device))];
        long peak = Process.GetCurrentProcess().PeakWorkingSet64;

        if (parsed.GetValue(s_asJson)) Console.Out.WriteLine(JsonSerializer.Serialize(new { environment, figures, peer, peakMemoryBytes = peak }, s_json));
        else Print(figures, environment, peer, peak);
        return ExitCodes.Ok;
    }

    private static IEnumerable<BenchFigure> Figures(Timing timing, torch.Device device, IReadOnlyList<ModelCard> cards, string[] only, int batch, int? inputSize)
    {
        if (only.Contains("start"))
        {
            Terminal.Note("measuring how soon medbench answers");
            foreach (var figure in new PlanBench().Measure()) yield return figure;
        }
        if (only is ["start"]) yield break;
        var models = new ModelBench(timing, device);
        yield return models.Gemm();
        foreach (var card in cards)
        {
            Terminal.Note($"measuring {card.Name}");
            int size = inputSize ?? SizeFor(card);
            if (only.Contains(Parity)) yield return ParityBench.Measure(card, size, batch, device);
            if (only.Contains(Linear))
            {
                foreach (var figure in new LinearBench(timing, device).Measure(card, size, batch)) yield return figure;
            }
            BenchFigure? forward = null;
            if (only.Contains("forward") || only.Contains("probe")) yield return forward = models.Forward(card, size, batch);
            if (only.Contains("step")) yield return models.Step(card, size, batch);
            if (only.Contains("optimizer")) yield return models.Optimizer(card);
            if (only.Contains("probe"))
            {
                var probe = new ProbeBench(device).Measure(card, size);
                yield return probe;
                var step = models.ProbeStep(card, size, ProbeBatch);
                yield return step;
                foreach (var cell in ProbeBench.Cells(card, forward!, probe, step)) yield return cell;
            }
            NativeHeap.Trim();
        }
        if (!only.Contains("pipeline")) yield break;
        string cache = Directory.CreateTempSubdirectory("medbench-bench").FullName;
        try
        {
            Terminal.Note("measuring the input pipeline");
            var pipeline = new PipelineBench(timing, device);
            foreach (var (source, target) in ((int, int)[])[(28, 224), (224, 224), (224, 518)]) yield return pipeline.Measure(source, target, cache);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static void Print(IReadOnlyList<BenchFigure> figures, RunEnvironment environment, Peer? peer, long peak)
    {
        string[] header = ["work", "of", "px", "batch", "here", "unit", .. peer is null ? (string[])[] : ["peer", "ratio"], "remark"];
        Listing.Write(header, figures.Select(f => (string[])[
            f.Work.Name, f.Work.Subject, $"{f.Work.Size}", $"{f.Work.Batch}", One(f.Value), f.Unit,
            .. peer is null ? (string[])[] : [f.PeerSeconds is { } other ? One(f.Unit is "ms" or "s" ? f.Value * other / f.Seconds : f.Value * f.Seconds / other) : "", f.Ratio is { } ratio ? ratio.ToString("F2", CultureInfo.InvariantCulture) : ""],
            f.Remark]));
        if (peer is not null) Console.Out.WriteLine($"peer: PyTorch {peer.Torch}{(peer.Timm is { } timm ? $" with timm {timm}" : "")} in {peer.Python}; ratio above 1: this is faster");
        Console.Out.WriteLine($"{environment.Hardware}, {environment.Threads} threads, libtorch {environment.Libtorch}; peak memory {peak >> 20} MiB");
    }

    // The papers feed 224 px to all but DINOv2; small from-scratch models keep their own size.
    private static int SizeFor(ModelCard card) => card.InputSize < 224 || card.Name.Contains("dinov2", StringComparison.Ordinal) ? card.InputSize : 224;

    // A parity is a small number.
    private static string One(double value) => value.ToString(value is > 0 and < 0.05 ? "E1" : "F1", CultureInfo.InvariantCulture);
}

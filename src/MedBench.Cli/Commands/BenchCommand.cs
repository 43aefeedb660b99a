using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MedBench.Claims.Store;
using MedBench.Cli.Bench;
using MedBench.Cli.Display;
using MedBench.Data.Errors;
using MedBench.Models.Cards;
using MedBench.Training.Engine;
using TorchSharp;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench bench</c>: images a second of the backbones beside the machine's matrix-product rate.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly Option<string[]> s_models = new("--model") { Description = "Models (default: resnet18.a1_in1k)", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["resnet18.a1_in1k"] };
    private static readonly Option<bool> s_all = new("--all") { Description = "Every model" };
    private static readonly Option<int> s_batch = new("--batch") { Description = "Images at a time", DefaultValueFactory = _ => 8 };
    private static readonly Option<int?> s_inputSize = new("--input-size") { Description = "Pixels (default: 224, or the model's own if it takes no other)" };
    private static readonly Option<double> s_seconds = new("--seconds") { Description = "Time for each measurement", DefaultValueFactory = _ => 3 };
    private static readonly Option<bool> s_optimizer = new("--optimizer") { Description = "Also an AdamW step, flat and per tensor" };
    private static readonly Option<bool> s_asJson = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("bench", "Measure the backbones on this machine") { s_models, s_all, s_batch, s_inputSize, s_seconds, s_optimizer, s_asJson, CommonOptions.Device, CommonOptions.Threads };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        CommonOptions.SetThreads(parsed);
        var device = CommonOptions.DeviceOf(parsed);
        int batch = parsed.GetValue(s_batch);
        if (batch < 1) throw new MedBenchException($"--batch {batch}: a batch has at least one image", "give a number from 1 on");
        var cards = parsed.GetValue(s_all) ? [.. ModelCatalog.All] : parsed.GetValue(s_models)!.Select(ModelCatalog.Get).ToList();
        var bench = new ModelBench(new Timing(TimeSpan.FromSeconds(parsed.GetValue(s_seconds))), device);

        double gemm = bench.Gemm();
        var speeds = cards.Select(card => Told(card, () => bench.Measure(card, parsed.GetValue(s_inputSize) ?? SizeFor(card), batch))).ToList();
        var optimizers = parsed.GetValue(s_optimizer) ? cards.Select(bench.MeasureOptimizer).ToList() : [];
        var environment = RunEnvironment.Capture(torch.get_num_threads(), torch.__version__, device.type.ToString().ToLowerInvariant());
        long peak = Process.GetCurrentProcess().PeakWorkingSet64;

        if (parsed.GetValue(s_asJson))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { environment, gemmGflops = gemm, models = speeds, optimizers, peakMemoryBytes = peak }, s_json));
            return ExitCodes.Ok;
        }
        Listing.Write(["model", "px", "batch", "forward img/s", "without channels-last", "train img/s", "GFLOP/s", "of GEMM"], speeds.Select(s => (string[])[
            s.Model, $"{s.InputSize}", $"{s.Batch}", One(s.ForwardPerSecond), s.ContiguousPerSecond is { } plain ? One(plain) : "", One(s.TrainPerSecond), One(s.ForwardGflops), $"{One(100 * s.ForwardGflops / gemm)} %"]));
        if (optimizers.Count > 0)
            Listing.Write(["AdamW step", "tensors", "flat ms", "per tensor ms", "ratio"], optimizers.Select(o => (string[])[
                o.Model, $"{o.Tensors}", One(1000 * o.Flat), One(1000 * o.PerTensor), One(o.PerTensor / o.Flat)]));
        Console.Out.WriteLine($"GEMM {One(gemm)} GFLOP/s float32; {environment.Device} on {environment.Cpu}, {environment.Threads} threads, libtorch {environment.Libtorch}; peak memory {peak >> 20} MiB");
        return ExitCodes.Ok;
    }

    // The papers feed 224 px to all but DINOv2; small from-scratch models keep their own size.
    private static int SizeFor(ModelCard card) => card.InputSize < 224 || card.Name.Contains("dinov2", StringComparison.Ordinal) ? card.InputSize : 224;

    private static T Told<T>(ModelCard card, Func<T> work)
    {
        Terminal.Note($"measuring {card.Name}");
        var result = work();
        NativeHeap.Trim();
        return result;
    }

    private static string One(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}

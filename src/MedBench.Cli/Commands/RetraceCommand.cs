using System.CommandLine;
using System.Globalization;
using MedBench.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Runs.Execution;
using MedBench.Runs.Store;
using MedBench.Training.Features;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench retrace</c>: trains kept runs again for a while, and says whether they go the way that was kept.</summary>
internal static class RetraceCommand
{
    private static readonly Argument<string?> s_run = new("run") { Description = "Id of a run, or how it begins (default: every record in expected-results/measured)", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> s_evaluations = NumberOption.Whole("--evaluations", "How many evaluations to go to", Limits.Evaluations, usual: 2);
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("retrace", "Train kept runs again for their first evaluations and compare; exit code 2 if one differs in a bit")
        {
            s_run, s_evaluations, CommonOptions.Device, CommonOptions.Threads, s_json,
        };
        foreach (var option in CommonOptions.OfBook) command.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            using var signals = new StopSignals(cancel);
            return Task.FromResult(signals.Guard(stop => Run(parsed, stop)));
        });
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        string results = CommonOptions.GivenOrDefault(parsed, CommonOptions.Results);
        var book = CommonOptions.BookOf(parsed);
        var device = CommonOptions.DeviceOf(parsed);
        using var grid = new GridRunner(new CellRunner(new ResultsStore(results), FeatureStore.Default), device);
        var traces = new List<(RunResult Record, Retrace Trace, RunEnvironment Here)>();
        foreach (var record in Chosen(book, parsed.GetValue(s_run)))
        {
            var request = grid.Request(book.CellOf(record)) with { Seed = (int)record.Spec.Seed };
            if (RunSpec.Of(request) is var now && now != record.Spec)
                throw new MedBenchException($"{record.Id} began from {record.Spec.Weights} on data of MD5 {record.Spec.DatasetMd5}; here are {now.Weights} and {now.DatasetMd5}", "`medbench models verify` and `medbench data verify` say which files are the published ones");
            CommonOptions.SetThreads(parsed.GetValue(CommonOptions.Threads) ?? record.Environment.Threads);
            var here = RunEnvironment.Capture(device);
            var trace = RunProgress.Show(reporter => Retrace.Of(record, request, FeatureStore.Default, parsed.GetValue(s_evaluations), reporter(record.Id), cancel), keep: false);
            traces.Add((record, trace, here));
            if (!parsed.GetValue(s_json)) Write(record, trace, here);
        }
        if (parsed.GetValue(s_json)) Console.Out.Write(StrictJson.Write(traces.Select(t => new { t.Record.Id, t.Trace.IsSame, t.Trace.Evaluations, Then = t.Record.Environment, Now = t.Here })));
        else Console.Out.WriteLine($"{traces.Count(t => t.Trace.IsSame)} of {traces.Count} the same to the bit");
        return traces.All(t => t.Trace.IsSame) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static RunResult[] Chosen(Book book, string? id)
    {
        var runs = id is null ? book.KeptRecords : book.Evidence.Runs.Where(r => r.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase));
        RunResult[] found = [.. runs];
        if (found.Length == 0) throw new MedBenchException(id is null ? "no record is kept here" : $"no run '{id}' is kept or stored", "`medbench claims show CLAIM` names the runs of a claim; --results and --expected say where to look");
        if (id is not null && found.FirstOrDefault(r => r.Evaluations.Count == 0) is { } vote) throw new MedBenchException($"{vote.Id} trained nothing: there is no way to compare", "run it again with `medbench run` and another --results");
        return [.. found.Where(r => r.Evaluations.Count > 0)];
    }

    private static void Write(RunResult record, Retrace trace, RunEnvironment here)
    {
        var (spec, then) = (record.Spec, record.Environment);
        Console.Out.WriteLine($"{record.Id}  {spec.Dataset}, {spec.Size} px, {spec.Model}, {spec.Method}, {spec.Recipe}, seed {spec.Seed}");
        Listing.Write(["epoch", "val loss then", "now", "ACC then", "now", "AUC then", "now", ""], trace.Evaluations.Select(e => (string[])[
            $"{e.Then.Epoch}", Exact(e.Then.Loss), Exact(e.Now.ValidationLoss), Points(e.Then.Acc), Points(e.Now.ValidationAccuracy), Points(e.Then.Auc), Points(e.Now.ValidationAuc), e.IsSame ? "same" : "differs"]));
        if (trace.IsSame) return;
        IReadOnlyList<string> causes = then.Differences(here);
        Console.Out.WriteLine(causes.Count == 0 ? "nothing that is known of the two machines differs" : $"what differs besides: {string.Join("; ", causes)}");
    }

    private static string Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Points(double? value) => value is { } number ? Show.Points(number) : "";
}

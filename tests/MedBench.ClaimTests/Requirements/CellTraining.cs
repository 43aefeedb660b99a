using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Runs.Execution;
using MedBench.Runs.Experiments;
using MedBench.Runs.Store;
using MedBench.Training.Features;
using TorchSharp;

namespace MedBench.ClaimTests.Requirements;

/// <summary>Trains what has not been run, as far as tier, machine and time allow; says why not otherwise.</summary>
internal static class CellTraining
{
    private static readonly Lock s_one = new();
    private static readonly Lazy<CostModel> s_cost = new(() => CostModel.For(OnGpu ? "cuda" : "cpu", Session.Current.Book.Evidence.Runs));
    private static readonly Dictionary<(string Cell, int Seed), RunResult> s_made = [];
    private static double s_left = MaxSeconds(Environment.GetEnvironmentVariable("MEDBENCH_MAX_COST"));

    private static bool OnGpu => torch.cuda.is_available();

    /// <summary>The verdict on a cell, after as many of its missing seeds were run as may be. Skips the test with the reason if there is none at all.</summary>
    public static JudgedCell Judge(KnownCell cell)
    {
        var evidence = Session.Current.Book.Evidence;
        var judged = evidence.Judge(cell.Key, cell.Declared, RunResult.Selected);
        if (judged.Verdict.Kind is not (VerdictKind.NotRun or VerdictKind.Inconclusive))
            return judged;
        var missing = cell.Declared is null ? [] : cell.Declared.Seeds.Except(judged.Seeds.Select(s => (int)s.Seed)).ToArray();
        lock (s_one)
        {
            var since = new List<RunResult>();
            foreach (int seed in missing)
            {
                var one = cell.Declared! with { Seeds = [seed] };
                // The row of another metric has had it run.
                if (s_made.TryGetValue((one.Id, seed), out var made))
                {
                    since.Add(made);
                    continue;
                }
                if (Obstacle(cell.Key.Id, one) is not null)
                    break;
                s_left -= Seconds(one);
                using var grid = Grid();
                since.Add(s_made[(one.Id, seed)] = grid.Run(one).Single());
            }
            // The other tests go on with what there was at the start, whatever their order.
            if (since.Count > 0)
                return evidence.Judge(cell.Key, cell.Declared, RunResult.Selected, since);
        }
        if (judged.Verdict.Kind == VerdictKind.NotRun)
            Summary.Skip(cell.Declared is null ? Reasons.For(Requirement.Protocol, Session.Current.Book.ClaimOn(cell.Key)?.Id ?? cell.Key.Id, null, $" for {cell.Key.Model}") : WhyNot(cell.Key.Id, cell.Declared));
        return judged;
    }

    /// <summary>A kept run begun again for some evaluations, where the processor is the one that made it.</summary>
    public static Retrace Retrace(RunResult record, ExperimentCell cell, int evaluations)
    {
        lock (s_one)
        {
            var one = cell with { Seeds = [(int)record.Spec.Seed] };
            double share = evaluations / (double)record.Evaluations.Count;
            var (then, now) = (record.Environment, RunEnvironment.Capture(record.Environment.Threads, torch.__version__, OnGpu ? "cuda" : "cpu") with { Version = record.Environment.Version });
            if (then.Differences(now) is { Count: > 0 } other)
                Summary.Skip(Reasons.For(Requirement.Processor, record.Id, null, string.Join("; ", other)));
            if (Obstacle(record.Id, one, share) is { } reason)
                Summary.Skip(reason);
            s_left -= share * Seconds(one);
            int threads = torch.get_num_threads();
            using var grid = Grid();
            try
            {
                torch.set_num_threads(then.Threads);
                return MedBench.Runs.Execution.Retrace.Of(record, grid.Request(one), FeatureStore.Default, evaluations);
            }
            finally
            {
                torch.set_num_threads(threads);
            }
        }
    }

    /// <summary>Why a cell of a claim is not run here.</summary>
    public static string WhyNot(string subject, ExperimentCell cell) =>
        Obstacle(subject, cell) ?? Reasons.For(Requirement.Time, subject, cell, About(Seconds(cell)));

    private static GridRunner Grid() => new(new CellRunner(new ResultsStore(Session.Current.Results), FeatureStore.Default), OnGpu ? torch.CUDA : torch.CPU);

    private static string? Obstacle(string subject, ExperimentCell cell, double share = 1)
    {
        double seconds = share * Seconds(cell);
        // Where nothing may be trained, what is missing besides is found out by whoever tries.
        if (Session.Current.Tier is not { } tier || cell.Tier > tier)
            return Reasons.For(cell.Tier >= Tier.Gpu && !OnGpu ? Requirement.Gpu : Requirement.Time, subject, cell, About(seconds));
        if (CellObstacle.For(cell) is { } obstacle)
            return Reasons.For(obstacle.Kind == ObstacleKind.Data ? Requirement.Data : Requirement.Weights, subject, cell, obstacle.Reason);
        return seconds > s_left ? Reasons.For(Requirement.Time, subject, cell, $"{About(seconds)}, more than MEDBENCH_MAX_COST leaves") : null;
    }

    private static double Seconds(ExperimentCell cell) => s_cost.Value.Seconds(cell, cell.Seeds.Count);

    private static string About(double seconds) => $"about {Durations.Show(seconds)}";

    private static double MaxSeconds(string? text) => string.IsNullOrEmpty(text) ? double.PositiveInfinity : Durations.Parse("MEDBENCH_MAX_COST", text).TotalSeconds;
}

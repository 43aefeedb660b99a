using System.Runtime.ExceptionServices;
using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Runs.Cells;
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
    private static readonly List<RunResult> s_made = [];
    private static double s_left = MaxCost.Seconds ?? double.PositiveInfinity;

    private static bool OnGpu => torch.cuda.is_available();

    private static torch.Device Device => OnGpu ? torch.CUDA : torch.CPU;

    private static ResultsStore Store => new(Session.Current.Results);

    /// <summary>The verdict on a cell, after as many of its missing seeds were run as may be. Skips the test with the reason if there is none at all.</summary>
    public static JudgedCell Judge(KnownCell cell)
    {
        var evidence = Session.Current.Book.Evidence;
        var judged = Session.Current.Book.InItsClaim(evidence.Judge(cell.Key, cell.Declared, TestedWeights.Selected));
        if (judged.Verdict.Kind is not (VerdictKind.NotRun or VerdictKind.Inconclusive or VerdictKind.Consistent or VerdictKind.Inconsistent))
            return judged;
        if (cell.Declared is { } declared && Train(declared, [.. judged.Seeds.Select(s => (int)s.Seed)]) is { Count: > 0 } since)
            // The other tests go on with what there was at the start, whatever their order.
            return evidence.Judge(cell.Key, declared, TestedWeights.Selected, since);
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
            var (then, now) = (record.Environment, RunEnvironment.Capture(Device) with { Threads = record.Environment.Threads, Version = record.Environment.Version });
            if (then.Differences(now) is { Count: > 0 } other)
                Summary.Skip(Reasons.For(Requirement.Processor, record.Id, null, string.Join("; ", other)));
            // A share of the run against the budget is the whole run against as many budgets.
            var plan = Grid.Plan([one], new ResultsIndex([]), s_cost.Value, s_left / share);
            if (Obstacle(record.Id, plan.Steps[0], share) is { } reason)
                Summary.Skip(reason);
            s_left -= share * plan.Seconds;
            int threads = torch.get_num_threads();
            using var grid = new GridRunner(new CellRunner(Store, FeatureStore.Default), Device);
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
    public static string WhyNot(string subject, ExperimentCell cell)
    {
        var step = Grid.Plan([cell], new ResultsIndex([]), s_cost.Value, s_left).Steps[0];
        return Obstacle(subject, step) ?? Reasons.For(Requirement.Time, subject, cell, About(step.Seconds));
    }

    // Seed by seed, since a budget may have room for some only. What the row of another metric has had run is there.
    private static List<RunResult> Train(ExperimentCell cell, IReadOnlyList<int> judged)
    {
        if (!MayTrain(cell)) return [];
        lock (s_one)
        {
            var plan = Grid.Plan(cell.Seeds.Except(judged).Select(seed => cell with { Seeds = [seed] }), new ResultsIndex(s_made), s_cost.Value, s_left);
            s_left -= plan.Seconds;
            var since = new List<RunResult>();
            foreach (var outcome in Grid.Run(plan, "dotnet test", Store, FeatureStore.Default, Device))
            {
                if (outcome.Error is { } error) ExceptionDispatchInfo.Throw(error);
                since.AddRange(outcome.Results);
            }
            s_made.AddRange(since.Except(s_made));
            return since;
        }
    }

    private static bool MayTrain(ExperimentCell cell) => cell.Tier <= Session.Current.Tier;

    private static string? Obstacle(string subject, GridStep step, double share = 1)
    {
        string about = About(share * step.Seconds);
        // Where nothing may be trained, what is missing besides is found out by whoever tries.
        if (!MayTrain(step.Cell))
            return Reasons.For(step.Cell.Tier >= Tier.Gpu && !OnGpu ? Requirement.Gpu : Requirement.Time, subject, step.Cell, about);
        return step.Obstacle switch
        {
            null => null,
            { Kind: ObstacleKind.Budget } => Reasons.For(Requirement.Time, subject, step.Cell, $"{about}, more than MEDBENCH_MAX_COST leaves"),
            { Kind: ObstacleKind.Data } data => Reasons.For(Requirement.Data, subject, step.Cell, data.Reason),
            { } weights => Reasons.For(Requirement.Weights, subject, step.Cell, weights.Reason),
        };
    }

    private static string About(double seconds) => $"about {Durations.Show(seconds)}";
}

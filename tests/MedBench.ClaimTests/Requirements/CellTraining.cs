using MedBench.Claims.Claims;
using MedBench.Claims.Experiments;
using MedBench.Claims.Runs;
using MedBench.Claims.Store;
using MedBench.Claims.Verdicts;
using MedBench.Training.Features;
using TorchSharp;

namespace MedBench.ClaimTests.Requirements;

/// <summary>Trains cells that have not been run, as far as tier, machine and time allow; says why not otherwise.</summary>
internal static class CellTraining
{
    private static readonly Lock s_one = new();
    private static readonly Lazy<CostModel> s_cost = new(() => CostModel.For(OnGpu ? "cuda" : "cpu", Session.Current.Book.Evidence.Runs));
    private static double s_left = MaxSeconds(Environment.GetEnvironmentVariable("MEDBENCH_MAX_COST"));

    private static bool OnGpu => torch.cuda.is_available();

    /// <summary>Runs the missing seeds of a cell and judges it; or skips the test with the reason.</summary>
    public static JudgedCell RunOrSkip(string subject, KnownCell cell)
    {
        lock (s_one)
        {
            string? reason = cell.Declared is null ? Reasons.For(Requirement.Protocol, subject, null, $" for {cell.Key.Model}") : Obstacle(subject, cell.Declared);
            if (reason is not null)
                SkipTable.Skip(reason);
            var declared = cell.Declared!;
            s_left -= Seconds(declared);
            using var grid = new GridRunner(new CellRunner(new ResultsStore(Session.Current.Results), FeatureStore.Default), OnGpu ? torch.CUDA : torch.CPU);
            var evidence = Session.Current.Book.Evidence;
            return JudgedCell.Of(cell.Key, grid.Run(declared), evidence.Published, evidence.Rules);
        }
    }

    /// <summary>Why a cell of a claim is not run here.</summary>
    public static string WhyNot(string subject, ExperimentCell cell) =>
        Obstacle(subject, cell) ?? Reasons.For(Requirement.Time, subject, cell, Duration(Seconds(cell)));

    private static string? Obstacle(string subject, ExperimentCell declared)
    {
        string duration = Duration(Seconds(declared));
        // Where nothing may be trained, what is missing besides is found out by whoever tries.
        if (Session.Current.Tier is not { } tier || declared.Tier > tier)
            return declared.Tier >= Tier.Gpu && !OnGpu ? Reasons.For(Requirement.Gpu, subject, declared, duration) : Reasons.For(Requirement.Time, subject, declared, duration);
        if (CellObstacle.For(declared) is { } obstacle)
            return Reasons.For(obstacle.Kind == ObstacleKind.Data ? Requirement.Data : Requirement.Weights, subject, declared, obstacle.Reason);
        return Seconds(declared) > s_left ? Reasons.For(Requirement.Time, subject, declared, $"{duration}, more than MEDBENCH_MAX_COST leaves") : null;
    }

    private static double Seconds(ExperimentCell cell) => s_cost.Value.Seconds(cell, cell.Seeds.Count);

    private static string Duration(double seconds) => seconds switch
    {
        < 60 => "under a minute",
        < 5400 => $"about {Show.Number(seconds / 60, 0)} min",
        < 172_800 => $"about {Show.Number(seconds / 3600, 0)} h",
        _ => $"about {Show.Number(seconds / 86_400, 0)} days",
    };

    // Seconds, or minutes and hours as 8m and 2h; nothing may be trained in no time.
    private static double MaxSeconds(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return double.PositiveInfinity;
        double unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => double.NaN };
        return double.TryParse(text[..^1], System.Globalization.CultureInfo.InvariantCulture, out double number) && number >= 0 && !double.IsNaN(unit)
            ? number * unit
            : throw new Data.Errors.MedBenchException($"MEDBENCH_MAX_COST={text}: not a time", "write it like 90s, 8m or 2h");
    }
}

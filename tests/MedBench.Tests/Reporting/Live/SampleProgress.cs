using System.Text;
using MedBench.Core.Text;
using MedBench.Runs.Progress;
using MedBench.Runs.Store;
using MedBench.Tests.Runs.Store;

namespace MedBench.Tests.Reporting.Live;

/// <summary>A store as it looks while a grid runs.</summary>
internal static class SampleProgress
{
    internal const string Hostile = "<img src=x onerror=alert(1)>";

    internal static void Fill(TestFolder store, DateTimeOffset now)
    {
        new ResultsStore(store.Path).Save(Samples.Output(Samples.Spec(1)));
        Run(store, Samples.Spec(2), now, now);
        Run(store, Samples.Spec(3), now.AddMinutes(-5), now, Hostile);
        var grid = new GridStatus("grid", "experiments/yang2023", 40, 10, 1, 4, "breastmnist/from-scratch/resnet18.cifar/28", 400, 100, now.AddSeconds(-200), now);
        store.Write(".progress/grids/grid.json", Encoding.UTF8.GetBytes(StrictJson.Write(grid)));
    }

    private static void Run(TestFolder store, RunSpec spec, DateTimeOffset heartbeat, DateTimeOffset now, string stage = "training")
    {
        var status = new RunStatus(
            spec.Id, spec.Dataset, spec.Size, spec.Model, spec.Method.ToString(), spec.Recipe, spec.Subset.ToString(), spec.Seed, stage, 300, 0, 1000,
            new TrainingStatus(3, 10, 0.512, 0.61, 0.8, 0.9), ["the training loss has not fallen for 3 epochs"], now.AddMinutes(-2), heartbeat.AddSeconds(-60), heartbeat);
        store.Write($".progress/runs/{spec.Id}.json", Encoding.UTF8.GetBytes(StrictJson.Write(status)));
    }
}

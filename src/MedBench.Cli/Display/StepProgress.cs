using System.Diagnostics;
using MedBench.Core.Downloads;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Training.Runs;

namespace MedBench.Cli.Display;

/// <summary>Says on standard error which step of a long work runs, at most once in a few seconds.</summary>
internal static class StepProgress
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    public static IProgress<AuditStep> OfAudit() => Create<AuditStep>(step => (step.Name, step.Done, step.Total));

    public static IProgress<OwnProgress> OfReading() => Create<OwnProgress>(step => (step.Name, step.Done, step.Total));

    public static IProgress<RunStage> OfRun() => Create<RunStage>(stage => (stage.What, (int)stage.Done, (int)stage.Total));

    private static Relay<T> Create<T>(Func<T, (string Name, int Done, int Total)> parts)
    {
        long last = Stopwatch.GetTimestamp();
        var gate = new Lock();
        return new Relay<T>(step =>
        {
            lock (gate)
            {
                if (Stopwatch.GetElapsedTime(last) < s_pause) return;
                last = Stopwatch.GetTimestamp();
                var (name, done, total) = parts(step);
                Terminal.Note($"{name}: {done} of {total}");
            }
        });
    }
}

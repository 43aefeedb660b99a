using System.Diagnostics;
using MedBench.Core.Downloads;
using MedBench.Data.Audits;

namespace MedBench.Cli.Display;

/// <summary>Says on standard error which step of an audit runs, at most once in a few seconds.</summary>
internal static class StepProgress
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    public static IProgress<AuditStep> Create()
    {
        long last = Stopwatch.GetTimestamp();
        var gate = new Lock();
        return new Relay<AuditStep>(step =>
        {
            lock (gate)
            {
                if (Stopwatch.GetElapsedTime(last) < s_pause) return;
                last = Stopwatch.GetTimestamp();
                Terminal.Note($"{step.Name}: {step.Done} of {step.Total}");
            }
        });
    }
}

using System.Globalization;
using MedBench.Training.Runs;
using Spectre.Console;

namespace MedBench.Cli.Display;

/// <summary>A line on standard error per run: bar, time left, live loss and validation metrics.</summary>
internal static class RunProgress
{
    /// <summary>Shows progress while <paramref name="work"/> runs; it gets a reporter per run.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="keep">Whether the lines stay when it is done.</param>
    public static T Show<T>(Func<Func<string, IProgress<RunStage>>, T> work, bool keep = true) => Terminal.Err.Progress()
        .AutoClear(!keep)
        .HideCompleted(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
        .Start(context => work(name => new Reporter(context.AddTask(Markup.Escape(name)), name)));

    private sealed class Reporter(ProgressTask task, string name) : IProgress<RunStage>
    {
        private string _stage = "";

        public void Report(RunStage value)
        {
            if (_stage != value.What)
            {
                _stage = value.What;
                task.Value = 0;
            }
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
            task.Description = Markup.Escape($"{name}: {Describe(value)}");
        }

        private static string Describe(RunStage stage)
        {
            if (stage.Training is not { } training) return stage.What;
            string text = string.Create(CultureInfo.InvariantCulture, $"epoch {Math.Min(training.Epoch + 1, training.Epochs)}/{training.Epochs}");
            if (!double.IsNaN(training.Loss)) text += string.Create(CultureInfo.InvariantCulture, $", loss {training.Loss:F4}");
            if (training.LastEvaluation is { } last) text += string.Create(CultureInfo.InvariantCulture, $", val ACC {100 * last.ValidationAccuracy:F1} AUC {100 * last.ValidationAuc:F1}");
            return text;
        }
    }
}

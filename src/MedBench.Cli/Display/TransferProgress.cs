using Spectre.Console;

namespace MedBench.Cli.Display;

/// <summary>The progress of a download on standard error.</summary>
internal static class TransferProgress
{
    public static T Show<T>(string name, Func<Action<long, long?>, Task<T>> transfer) => Terminal.Err.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(name));
            return await transfer((received, total) =>
            {
                task.MaxValue = total ?? Math.Max(received, 1);
                task.Value = received;
            });
        })
        .GetAwaiter().GetResult();
}

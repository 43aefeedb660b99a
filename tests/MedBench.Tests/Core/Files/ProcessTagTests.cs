using System.Diagnostics;
using MedBench.Core.Files;

namespace MedBench.Tests.Core.Files;

public sealed class ProcessTagTests
{
    // What Windows and macOS are asked; Linux answers it, too.
    [Fact]
    public void StartTime_OfALivingProcess_IsTheSameWheneverItIsAsked()
    {
        long first = ProcessTag.StartTime(Environment.ProcessId)!.Value;
        Assert.Equal(first, ProcessTag.StartTime(Environment.ProcessId));
        Assert.InRange(DateTime.FromFileTimeUtc(first), DateTime.UtcNow.AddDays(-1), DateTime.UtcNow.AddMinutes(1));
    }

    [Fact]
    public void StartTime_OfAnEndedProcess_IsNone()
    {
        using var process = Process.Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["--version"]);
        process.WaitForExit();
        Assert.Null(ProcessTag.StartTime(process.Id));
    }

    [Fact]
    public void IsKnownDead_OfThisProcess_IsFalse_AndOfItsNumberUsedBeforeIsTrue()
    {
        Assert.False(ProcessTag.Current.IsKnownDead);
        Assert.True((ProcessTag.Current with { Start = ProcessTag.Current.Start - 1 }).IsKnownDead);
    }
}

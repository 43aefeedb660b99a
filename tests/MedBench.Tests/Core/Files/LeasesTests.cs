using System.Collections.Concurrent;
using System.Diagnostics;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Tests.Core.Files;

public sealed class LeasesTests : IDisposable
{
    private const string Name = "cell";

    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryAcquire_HeldElsewhere_IsRefusedUntilReleased()
    {
        var first = Leases().TryAcquire(Name)!;
        Assert.Null(Leases().TryAcquire(Name));
        using (var other = Leases().TryAcquire("other")) Assert.NotNull(other);

        first.Dispose();

        using var second = Leases().TryAcquire(Name);
        Assert.NotNull(second);
    }

    [Fact]
    public void TryAcquire_ManyAtOnce_OneAtATime()
    {
        int inside = 0, turns = 0;
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            var leases = Leases();
            for (int mine = 0; mine < 5;)
            {
                using var lease = leases.TryAcquire(Name);
                if (lease is null) continue;
                Assert.Equal(1, Interlocked.Increment(ref inside));
                Thread.Yield();
                Interlocked.Decrement(ref inside);
                Interlocked.Increment(ref turns);
                mine++;
            }
        })).ToList();

        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Equal(40, turns);
    }

    [Fact]
    public void TryAcquire_OwnerOnAnotherMachineStandsStill_IsTakenOverAfterWatchingIt()
    {
        Foreign(1, "held 000000000007 0123456789ab-5-77 host gone\n");
        var leases = Leases(TimeSpan.FromMilliseconds(600));
        var clock = Stopwatch.StartNew();
        Lease? heir = null;
        while ((heir = leases.TryAcquire(Name)) is null) Thread.Sleep(20);
        Assert.InRange(clock.ElapsedMilliseconds, 590, 60_000);
        heir.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("held 0000")]
    [InlineData("\0\0\0\0")]
    public void TryAcquire_OwnerDiedWhileWritingItsName_IsTakenOverAfterWatchingIt(string content)
    {
        Foreign(1, content);
        var leases = Leases(TimeSpan.FromMilliseconds(90));
        Assert.Null(leases.TryAcquire(Name));
        Lease? heir = null;
        while ((heir = leases.TryAcquire(Name)) is null) Thread.Sleep(20);
        heir.Dispose();
    }

    [Fact]
    public void TryAcquire_OwnerOnAnotherMachineBeats_IsNeverTakenOver()
    {
        var leases = Leases(TimeSpan.FromMilliseconds(120));
        for (int beat = 0; beat < 20; beat++)
        {
            Foreign(1, $"held {beat:D12} 0123456789ab-5-77 host other\n");
            Assert.Null(leases.TryAcquire(Name));
            Thread.Sleep(20);
        }
    }

    // A machine that slept sees an old heartbeat at first, and so does everybody who slept with it.
    [Fact]
    public void TryAcquire_WatcherItselfWasPaused_DoesNotTakeThatForDeath()
    {
        Foreign(1, "held 000000000007 0123456789ab-5-77 host other\n");
        var leases = Leases(TimeSpan.FromMilliseconds(300));
        Assert.Null(leases.TryAcquire(Name));
        Thread.Sleep(900);
        Assert.Null(leases.TryAcquire(Name));
        Foreign(1, "held 000000000008 0123456789ab-5-77 host other\n");
        Assert.Null(leases.TryAcquire(Name));
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public void TryAcquire_ClockJumps_ChangesNothing(int years)
    {
        using var held = Leases(TimeSpan.FromMilliseconds(500)).TryAcquire(Name)!;
        foreach (string file in Directory.GetFiles(_folder.Path)) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddYears(years));
        var leases = Leases(TimeSpan.FromMilliseconds(500));
        var clock = Stopwatch.StartNew();
        while (clock.ElapsedMilliseconds < 1200)
        {
            Assert.Null(leases.TryAcquire(Name));
            Thread.Sleep(50);
        }
    }

    [SkippableFact]
    public void TryAcquire_OwnerOfThisMachineIsDead_IsTakenOverAtOnce()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a program that ends at once (true): run the tests on Linux or macOS");
        using var process = Process.Start("true");
        process.WaitForExit();
        Foreign(1, $"held 000000000007 {ProcessTag.Current with { Id = process.Id }} host this\n");
        Foreign(2, $"held 000000000007 {ProcessTag.Current with { Start = 1 }} host this\n");
        using var heir = Leases(s_long).TryAcquire(Name);
        Assert.NotNull(heir);
        Assert.True(File.Exists(_folder.File($"{Name}.3.lease")));
    }

    [Fact]
    public void TryAcquire_OwnerOfThisMachineIsAlive_IsRefused()
    {
        Foreign(1, $"held 000000000007 {ProcessTag.Current} host this\n");
        Assert.Null(Leases(s_long).TryAcquire(Name));
    }

    [Fact]
    public void TryAcquire_StaleAndManyHeirs_OnlyOneTakesIt()
    {
        Foreign(1, "over 000000000007 0123456789ab-5-77 host gone\n");
        var taken = new ConcurrentBag<Lease>();
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            if (Leases().TryAcquire(Name) is { } held) taken.Add(held);
        })).ToList();

        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Single(taken).Dispose();
    }

    [Fact]
    public void TryAcquire_OwnerWasTakenOver_IsRefusedAfterItsEnd()
    {
        using var slow = Leases().TryAcquire(Name)!;
        Foreign(2, "held 000000000001 0123456789ab-5-77 host other\n");
        slow.Dispose();
        Assert.Null(Leases(s_long).TryAcquire(Name));
    }

    [Fact]
    public void Heartbeat_LongWork_KeepsTheRight()
    {
        var stale = TimeSpan.FromSeconds(1);
        using var held = Leases(stale).TryAcquire(Name)!;
        var others = Leases(stale);
        for (int i = 0; i < 40; i++)
        {
            Assert.Null(others.TryAcquire(Name));
            Thread.Sleep(50);
        }
    }

    [Fact]
    public void Forget_LeavesNothing()
    {
        var leases = Leases();
        for (int i = 0; i < 3; i++) leases.TryAcquire(Name)!.Dispose();
        leases.Forget(Name);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void TryAcquire_FolderCannotBeMade_SaysSo()
    {
        string file = _folder.Write("file", [0]);
        var error = Assert.Throws<MedBenchException>(() => new Leases(Path.Combine(file, "x"), s_long).TryAcquire(Name));
        Assert.Contains("cannot write", error.Message, StringComparison.Ordinal);
    }

    private Leases Leases(TimeSpan? staleAfter = null) => new(_folder.Path, staleAfter ?? TimeSpan.FromMinutes(1));

    private void Foreign(int number, string content) => AtomicFile.WriteText(_folder.File($"{Name}.{number}.lease"), content);
}

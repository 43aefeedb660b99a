using System.Diagnostics;
using MedBench.Core.Files;

namespace MedBench.Tests.Core.Files;

public sealed class TemporaryTests : IDisposable
{
    private const string Foreign = "0123456789ab-5-77";

    private static readonly string s_dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_LeftByDeadProcessesOfThisMachine_IsClearedAwayAtOnce()
    {
        using var process = Process.Start(s_dotnet, ["--version"]);
        process.WaitForExit();
        var dead = ProcessTag.Current with { Id = process.Id };
        _folder.Write($".a.txt.{dead}.0.tmp", [1]);
        _folder.Write($".b.{dead}.0.tmp/x", [1]);
        _folder.Write($".a.{dead}.0.tmp", [1]);

        AtomicFile.WriteText(_folder.File("a.txt"), "new");
        AtomicFolder.Write(_folder.File("b"), temporary => AtomicFile.WriteText(Path.Combine(temporary, "x"), "new"), "");

        // What is of another name is not ours to judge.
        Assert.Equal([$".a.{dead}.0.tmp", "a.txt", "b"], Entries());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_LeftByLivingProcessOfThisMachine_StaysWhateverItsDate(bool own)
    {
        // Waits for a line that never comes: a program that every system has.
        using var other = Process.Start(new ProcessStartInfo(s_dotnet, [Path.Combine(AppContext.BaseDirectory, "MedBench.FaultWorker.dll"), "wait"]) { RedirectStandardInput = true })!;
        var alive = own ? ProcessTag.Current : TagOf(other);
        string left = _folder.Write($".a.{alive}.0.tmp", [1]);
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddYears(-10));
        AtomicFile.WriteText(_folder.File("a"), "new");
        other.Kill();
        Assert.Equal([Path.GetFileName(left), "a"], Entries());
    }

    [Theory]
    [InlineData(Foreign, 25, false)]
    [InlineData(Foreign, 23, true)]
    [InlineData("123", 25, false)]
    [InlineData(Foreign, -1000, true)]
    public void Write_LeftByAnotherMachine_GoesAfterADay(string owner, int hours, bool stays)
    {
        string left = _folder.Write($".a.{owner}.0.tmp", [1]);
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-hours));
        AtomicFile.WriteText(_folder.File("a"), "new");
        Assert.Equal(stays, File.Exists(left));
    }

    [Theory]
    [InlineData("0123456789ab-5-77", true)]
    [InlineData("0123456789ab-5", false)]
    [InlineData("123", false)]
    [InlineData("-5-77", false)]
    [InlineData("a-b-c", false)]
    [InlineData("a-5--7", false)]
    public void ProcessTag_Parse_TakesItsOwnFormOnly(string text, bool taken) => Assert.Equal(taken, ProcessTag.Parse(text)?.ToString() == text);

    // The other process's start is in its own /proc entry: it must be told from ours.
    private static ProcessTag TagOf(Process process)
    {
        if (!OperatingSystem.IsLinux()) return ProcessTag.Current with { Id = process.Id, Start = ProcessTag.StartTime(process.Id)!.Value };
        string stat = File.ReadAllText($"/proc/{process.Id}/stat");
        return ProcessTag.Current with { Id = process.Id, Start = long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], System.Globalization.CultureInfo.InvariantCulture) };
    }

    private string[] Entries() => [.. Directory.GetFileSystemEntries(_folder.Path).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)];
}

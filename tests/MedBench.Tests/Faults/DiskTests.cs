using System.Diagnostics;
using MedBench.Data.Datasets;

namespace MedBench.Tests.Faults;

/// <summary>A disk that is full or read-only, really mounted: one clear error, nothing half-written, and the same command works once there is room.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Fault")]
public sealed class DiskTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<string> _mounted = [];

    public void Dispose()
    {
        foreach (string path in _mounted) Run("umount", "--lazy", path);
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData("unpack")]
    [InlineData("cells")]
    [InlineData("download")]
    public void Work_DiskFull_SaysSoAndLeavesNothingThenGoesOn(string work)
    {
        string disk = Mount("size=1m");
        using var server = new FileServer(new byte[3_000_000]);
        string[] arguments = Arguments(work, disk, server);
        using (var first = Victim.Worker(arguments))
            Assert.Matches($"error: cannot write {disk}/.*\nfix: free some disk space", first.Fail());
        // What has arrived of a download is kept: it goes on from there.
        Assert.DoesNotContain(Directory.GetFiles(disk, "*", SearchOption.AllDirectories), f => !f.EndsWith(".lease", StringComparison.Ordinal) && !f.EndsWith(".part", StringComparison.Ordinal) && !f.EndsWith(".probe", StringComparison.Ordinal));
        if (work == "unpack") Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(disk, "arrays")));

        Run("mount", "-o", "remount,size=64m", disk);
        using var second = Victim.Worker(arguments);
        second.Finish();
        if (work == "download") Assert.Matches("^bytes=[1-9][0-9]*-$", server.Ranges[^1]);
    }

    [SkippableTheory]
    [InlineData("unpack")]
    [InlineData("cells")]
    [InlineData("download")]
    public void Work_DiskReadOnly_SaysSoBeforeTheWork(string work)
    {
        string disk = Mount("size=1m");
        Run("mount", "-o", "remount,ro", disk);
        using var server = new FileServer(new byte[1000]);
        using var first = Victim.Worker(Arguments(work, disk, server));
        Assert.Matches($"error: cannot write {disk}.*\nfix: .*folder that you may write to", first.Fail());
        Assert.Empty(Directory.GetFileSystemEntries(disk));
        Assert.Empty(server.Ranges);
        Assert.False(Directory.Exists(_folder.File("log")) && Directory.GetFiles(_folder.File("log")).Length > 0);
    }

    private string[] Arguments(string work, string disk, FileServer server)
    {
        string npz = _folder.File("data.npz");
        if (work == "unpack" && !File.Exists(npz)) SyntheticDataset.Write(npz, 32, 0, new SplitCounts(400, 20, 20));
        return work switch
        {
            "unpack" => ["unpack", npz, disk],
            "cells" => ["cells", disk, _folder.File("log"), "2", "1"],
            _ => ["download", server.Address + "data.npz", Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(server.Content)), disk],
        };
    }

    private string Mount(string options)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs a disk of 1 MiB: run the tests on Linux as root, for example in a container with --cap-add SYS_ADMIN");
        string disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", options, "medbench-test", disk) == 0, "needs a disk of 1 MiB, and may not mount one: run the tests as root, for example in a container with --cap-add SYS_ADMIN");
        _mounted.Add(disk);
        return disk;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}

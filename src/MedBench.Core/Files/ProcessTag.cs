using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedBench.Core.Files;

/// <summary>A process, told apart from every other that runs or ran, here or on another machine.</summary>
/// <param name="Machine">12 hex digits: this machine since it booted, and the container whose process numbers count.</param>
/// <param name="Id">Process number.</param>
/// <param name="Start">When it started: in clock ticks since boot on Linux (times of day jump), elsewhere as the file time that the kernel keeps; 0 where the system does not say.</param>
internal sealed record ProcessTag(string Machine, int Id, long Start)
{
    /// <summary>This process.</summary>
    public static ProcessTag Current { get; } = new(MachineOf(), Environment.ProcessId, Look(Environment.ProcessId)?.Start ?? 0);

    /// <summary>Whether it is known to have ended: only of processes of this machine. False means alive or unknown.</summary>
    public bool IsKnownDead
    {
        get
        {
            if (Machine != Current.Machine || Start == 0 || Current.Start == 0) return false;
            try
            {
                // Asks the kernel: with hidepid, /proc does not show the processes of other users.
                using var process = Process.GetProcessById(Id);
            }
            catch (ArgumentException)
            {
                return true;
            }
            return Look(Id) is { } found && (found.Start != Start || found.State is 'Z' or 'X');
        }
    }

    /// <summary>Reads what <see cref="ToString"/> writes; null where it is something else.</summary>
    public static ProcessTag? Parse(string text) =>
        text.Split('-') is [{ Length: > 0 } machine, var id, var start]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? new ProcessTag(machine, number, ticks)
            : null;

    /// <summary>Fit for a file name: <c>machine-id-start</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}-{Id}-{Start}");

    private static string MachineOf()
    {
        string boot = TryRead("/proc/sys/kernel/random/boot_id") ?? "", namespaceOfIds = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? "" : "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{boot}\n{namespaceOfIds}\n{Environment.MachineName}")))[..12];
    }

    // proc(5): the name of the program, in brackets, may hold anything; the state follows it, 19 fields later the start.
    private static (char State, long Start)? Look(int id)
    {
        if (!OperatingSystem.IsLinux()) return StartTime(id) is { } start ? ('?', start) : null;
        if (TryRead($"/proc/{id}/stat") is not { } stat) return null;
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0][0], long.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    /// <summary>When a process started by the system's own record of it (GetProcessTimes, kern.proc), as a file time; null where it is gone or hidden.</summary>
    internal static long? StartTime(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToFileTimeUtc();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

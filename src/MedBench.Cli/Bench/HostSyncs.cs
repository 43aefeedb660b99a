using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Cli.Bench;

/// <summary>
/// How often a program waits for its GPU (a number read back, a copy that is not asynchronous): by libtorch's own mode that warns of each, which Python calls
/// <c>torch.cuda.set_sync_debug_mode</c> and TorchSharp has no name for.
/// </summary>
internal static partial class HostSyncs
{
    // c10/cuda/CUDAFunctions.h: the one object of warning_state(), an inline function; its one field is the mode.
    private const string Library = "libc10_cuda.so", State = "_ZZN3c104cuda13warning_stateEvE14warning_state_";
    private const int Silent = 0, Warns = 1;
    private const string Warning = "called a synchronizing CUDA operation";
    private const int StandardError = 2;

    /// <summary>Waits a step, a mean over <paramref name="steps"/>; null on a CPU, and where this libtorch has no such mode.</summary>
    public static double? PerStep(Device device, int steps, Action step) =>
        device.type == DeviceType.CUDA && OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, out nint library) && NativeLibrary.TryGetExport(library, State, out nint mode)
            ? (double)Count(mode, () => { for (int i = 0; i < steps; i++) step(); }) / steps
            : null;

    /// <summary>The warnings while <paramref name="work"/> runs with the mode on; whatever else is written to standard error comes out afterwards.</summary>
    /// <param name="mode">Where the mode is.</param>
    /// <param name="work">What may wait.</param>
    internal static int Count(nint mode, Action work)
    {
        List<string> said;
        Marshal.WriteInt32(mode, Warns);
        try
        {
            said = Redirected(work);
        }
        finally
        {
            Marshal.WriteInt32(mode, Silent);
        }
        var waits = said.ToLookup(line => line.Contains(Warning, StringComparison.Ordinal));
        foreach (string line in waits[false]) Console.Error.WriteLine(line);
        return waits[true].Count();
    }

    // Native code writes to the descriptor, past Console.
    private static List<string> Redirected(Action work)
    {
        using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        int before = Dup(StandardError);
        if (before < 0 || Dup2((int)file.SafeFileHandle.DangerousGetHandle(), StandardError) < 0) throw new InvalidOperationException("standard error cannot be redirected");
        try
        {
            work();
        }
        finally
        {
            _ = Dup2(before, StandardError);
            _ = Close(before);
        }
        using var reader = new StreamReader(file);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

using System.Diagnostics;

namespace MedBench.Tests.Faults;

/// <summary>A child process that may be killed: SIGKILL, which it can neither catch nor delay.</summary>
internal sealed class Victim : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _rest;
    private readonly Stopwatch _working;

    private Victim(ProcessStartInfo start, bool awaitReady)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        // Time is counted from where the work begins: the start of the runtime is no place to look for faults.
        if (awaitReady) Ready = _process.StandardOutput.ReadLine() == "ready";
        _rest = _process.StandardOutput.ReadToEndAsync();
        _working = Stopwatch.StartNew();
    }

    public bool Ready { get; } = true;

    /// <summary>A process of MedBench.FaultWorker.</summary>
    public static Victim Worker(params string[] arguments) => new(Dotnet("MedBench.FaultWorker.dll", arguments), awaitReady: true);

    /// <summary>A process of <c>medbench</c>.</summary>
    public static Victim MedBench(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = Dotnet("medbench.dll", arguments);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new Victim(start, awaitReady: false);
    }

    /// <summary>Lets it work for <paramref name="delay"/>, then kills it.</summary>
    /// <returns>Whether it was killed, and had not ended before.</returns>
    public bool KillAfter(TimeSpan delay)
    {
        var rest = delay - _working.Elapsed;
        if (rest > TimeSpan.Zero && _process.WaitForExit(rest)) return false;
        _process.Kill();
        _process.WaitForExit();
        return _process.ExitCode == 128 + 9;
    }

    /// <summary>Lets it work to its end, which must be a good one.</summary>
    /// <returns>How long it worked, and what it printed.</returns>
    public (TimeSpan Time, string Output) Finish()
    {
        if (!_process.WaitForExit(s_limit))
        {
            _process.Kill();
            Assert.Fail($"still at work after {s_limit}");
        }
        var time = _working.Elapsed;
        _process.WaitForExit();
        Assert.True(_process.ExitCode == 0, $"exit code {_process.ExitCode}: {_errors.Result}");
        return (time, _rest.Result);
    }

    /// <summary>Lets it work to its end, which must be an error that the user can mend.</summary>
    public string Fail()
    {
        Assert.True(_process.WaitForExit(s_limit));
        Assert.True(_process.ExitCode == 2, $"exit code {_process.ExitCode}: {_errors.Result}");
        return _errors.Result;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static ProcessStartInfo Dotnet(string assembly, IEnumerable<string> arguments) =>
        new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);
}

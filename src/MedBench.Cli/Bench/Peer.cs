using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MedBench.Core.Errors;

namespace MedBench.Cli.Bench;

/// <summary>The same work in Python's PyTorch, by <c>bench/peer/peer.py</c>.</summary>
/// <param name="Python">The interpreter.</param>
internal sealed record Peer(string Python)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    // Beside the first on the path, Debian's own: python3-torch is of that one.
    private static readonly string[] s_candidates = ["python3", "/usr/bin/python3", "python"];

    /// <summary>The first Python that has PyTorch and NumPy.</summary>
    /// <exception cref="MedBenchException">There is none.</exception>
    public static Peer Find() =>
        TryFind() ?? throw new MedBenchException("--peer: no python3 with torch and numpy was found", "on Debian: apt-get install python3-torch libopenblas0-pthread python3-numpy python3-pil");

    /// <summary>The same, or null.</summary>
    public static Peer? TryFind() => s_candidates.Where(python => Run(python, [], "-c", "import torch, numpy").ExitCode == 0).Select(python => new Peer(python)).FirstOrDefault();

    /// <summary>PyTorch's version; null before the first measurement.</summary>
    public string? Torch { get; private set; }

    /// <summary>The version of timm, whose networks were timed; null where it is not installed, and before the first measurement.</summary>
    public string? Timm { get; private set; }

    /// <summary>Adds the peer's seconds to <paramref name="figure"/>; called right after it was measured, so that both see the same machine.</summary>
    /// <param name="figure">What was measured here.</param>
    /// <param name="seconds">Time for the measurement.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="MedBenchException">The script failed.</exception>
    public BenchFigure Measure(BenchFigure figure, double seconds, int threads, string device)
    {
        string request = JsonSerializer.Serialize(new { threads, seconds, device, work = new[] { figure.Work } }, s_json);
        var environment = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture) };
        var (exitCode, output, errors) = Run(Python, environment, "-c", Script(), request);
        if (exitCode != 0) throw new MedBenchException($"{Python} bench/peer/peer.py failed: {errors.TrimEnd()}", "run it by hand as its first lines say");
        var answer = JsonSerializer.Deserialize<Answer>(output, s_json)!;
        (Torch, Timm) = (answer.Torch, answer.Timm);
        return figure with { PeerSeconds = answer.Seconds[0] };
    }

    private static string Script()
    {
        using var stream = typeof(Peer).Assembly.GetManifestResourceStream("peer.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static (int ExitCode, string Output, string Errors) Run(string python, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }

    private sealed record Answer(string Torch, string? Timm, double?[] Seconds);
}

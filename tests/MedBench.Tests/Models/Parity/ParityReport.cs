using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Parity;

/// <summary>Collects the differences between a model and its golden file; the first one found names the place to look.</summary>
public sealed class ParityReport(string model)
{
    private readonly List<string> _failures = [];
    private readonly SortedDictionary<string, double> _worst = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Worst => _worst;

    /// <summary>Records the relative error of <paramref name="actual"/> and fails above <paramref name="tolerance"/>.</summary>
    public void Compare(string group, string what, double actual, double expected, double scale, double tolerance)
    {
        double error = Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), scale);
        _worst[group] = double.IsNaN(error) ? double.NaN : Math.Max(_worst.GetValueOrDefault(group), error);
        if (!(error <= tolerance))
            _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{group}: {what}: {actual:G9} instead of {expected:G9} (relative error {error:E1}, allowed {tolerance:E1})"));
    }

    /// <summary>Compares shape, mean, std, L2 and the sampled values of a tensor; values are judged on the tensor's RMS.</summary>
    public void Compare(string group, Tensor actual, GoldenSample golden, double tolerance)
    {
        if (!Equal(group, "shape", actual.shape, golden.Shape)) return;
        using var flat = actual.contiguous().flatten().to(ScalarType.Float64);
        var values = flat.data<double>().ToArray();
        double rms = golden.L2 / Math.Sqrt(values.Length);
        double mean = values.Average();
        Compare(group, "mean", mean, golden.Mean, rms, tolerance);
        Compare(group, "std", Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), golden.Std, rms, tolerance);
        Compare(group, "L2", Math.Sqrt(values.Sum(v => v * v)), golden.L2, 0, tolerance);
        for (int i = 0; i < golden.Index.Length; i++) Compare(group, $"element {golden.Index[i]}", values[golden.Index[i]], golden.Value[i], rms, tolerance);
    }

    /// <summary>Compares two lists exactly and names the first place where they differ.</summary>
    public bool Equal<T>(string group, string what, IReadOnlyList<T> actual, IReadOnlyList<T> expected)
    {
        for (int i = 0; i < Math.Max(actual.Count, expected.Count); i++)
        {
            object? a = i < actual.Count ? actual[i] : "nothing", e = i < expected.Count ? expected[i] : "nothing";
            if (Equals(a, e)) continue;
            _failures.Add($"{group}: {what} [{i}]: {a} instead of {e}");
            return false;
        }
        return true;
    }

    public string Table() => string.Join(Environment.NewLine, _worst.Select(w => string.Create(CultureInfo.InvariantCulture, $"{model} {w.Key}: max relative error {w.Value:E2}")));

    public void AssertNone()
    {
        if (_failures.Count == 0) return;
        var text = new StringBuilder().AppendLine($"{model} differs from timm in {_failures.Count} places; the first ones (a gradient that differs points at its layer or one after it):");
        foreach (string failure in _failures.Take(12)) text.AppendLine("  " + failure);
        Assert.Fail(text.ToString());
    }
}

namespace MedBench.Claims.Snapshots;

/// <summary>A number and where it may lie. All are fractions.</summary>
/// <param name="Low">Least value that passes.</param>
/// <param name="High">Largest value that passes.</param>
/// <param name="Measured">What was measured when the snapshot was accepted; null for nothing yet.</param>
public sealed record MeasuredRange(double Low, double High, double? Measured)
{
    private const int Decimals = 6;

    /// <summary>Rounded so that the last bits of another processor do not show in the file; the range outwards.</summary>
    public static MeasuredRange Rounded(double low, double high, double? measured) =>
        new(Math.Floor(low * 1e6) / 1e6, Math.Ceiling(high * 1e6) / 1e6, measured is { } m ? Math.Round(m, Decimals) : null);

    /// <summary>How far <paramref name="value"/> lies outside, with its sign; 0 inside.</summary>
    public double Distance(double value) => value < Low ? value - Low : value > High ? value - High : 0;
}

namespace MedBench.Claims.Statistics;

/// <summary>A closed interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether <paramref name="value"/> lies inside, the ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}

using System.Globalization;

namespace MedBench.Reporting.Figures;

/// <summary>A straight scale from values to coordinates, linear or in powers of ten.</summary>
internal sealed class Axis
{
    private readonly double _from, _to;

    private Axis(double min, double max, double from, double to, bool logarithmic, IReadOnlyList<double> ticks) =>
        (Min, Max, _from, _to, IsLogarithmic, Ticks) = (min, max, from, to, logarithmic, ticks);

    internal double Min { get; }

    internal double Max { get; }

    internal bool IsLogarithmic { get; }

    /// <summary>Values to label, within the range.</summary>
    internal IReadOnlyList<double> Ticks { get; }

    /// <summary>A linear scale whose ends are round and hold all values, with about <paramref name="ticks"/> labels.</summary>
    /// <param name="values">What must lie on it; may be empty.</param>
    /// <param name="from">Coordinate of the low end.</param>
    /// <param name="to">Coordinate of the high end.</param>
    /// <param name="low">The range never ends below this.</param>
    /// <param name="high">The range never ends above this.</param>
    /// <param name="ticks">Labels wanted.</param>
    internal static Axis Linear(IEnumerable<double> values, double from, double to, double low = double.NegativeInfinity, double high = double.PositiveInfinity, int ticks = 5)
    {
        double[] all = [.. values.DefaultIfEmpty(0)];
        double min = all.Min(), max = all.Max();
        double step = Step(Math.Max(max - min, 1e-3) / ticks);
        double first = Math.Max(low, Math.Floor(min / step + 1e-9) * step), last = Math.Min(high, Math.Ceiling(max / step - 1e-9) * step);
        if (last - first < step) (first, last) = (Math.Max(low, first - step), Math.Min(high, last + step));
        int count = (int)Math.Round((last - first) / step);
        return new Axis(first, last, from, to, false, [.. Enumerable.Range(0, count + 1).Select(i => Math.Round(first + i * step, 10))]);
    }

    /// <summary>A logarithmic scale with a label at each of the values.</summary>
    internal static Axis Logarithmic(IEnumerable<double> values, double from, double to)
    {
        double[] all = [.. values.Distinct().Order()];
        return new Axis(all[0], all[^1], from, to, true, all);
    }

    /// <summary>A logarithmic scale that holds all positive values, with labels at 1, 2 and 5 times powers of ten.</summary>
    internal static Axis Decades(IEnumerable<double> values, double from, double to)
    {
        double[] positive = [.. values.Where(v => v > 0).DefaultIfEmpty(1)];
        double[] steps = [.. Enumerable.Range(-9, 18).SelectMany(e => (double[])[1, 2, 5], (e, digit) => Math.Round(digit * Math.Pow(10, e), 9))];
        double low = steps.LastOrDefault(s => s <= positive.Min(), steps[0]), high = steps.FirstOrDefault(s => s >= positive.Max(), steps[^1]);
        if (low == high) (low, high) = (low / 2, high * 2);
        double[] inside = [.. steps.Where(s => s >= low && s <= high)];
        // Many decades: powers of ten only.
        return new Axis(low, high, from, to, true, inside.Length > 8 ? [.. inside.Where(s => Math.Abs(Math.Log10(s) % 1) is < 1e-6 or > 1 - 1e-6)] : inside);
    }

    /// <summary>The coordinate of <paramref name="value"/>.</summary>
    internal double At(double value)
    {
        double share = IsLogarithmic ? (Math.Log10(value) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min)) : (value - Min) / (Max - Min);
        return _from + (double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0.5) * (_to - _from);
    }

    /// <summary>A tick of fractions as a percentage, with as many decimals as the steps need.</summary>
    internal string Percent(double tick) =>
        (100 * tick).ToString(Ticks.Count > 1 && Math.Abs(100 * (Ticks[1] - Ticks[0]) % 1) is > 1e-6 and < 1 - 1e-6 ? "0.0#" : "0", CultureInfo.InvariantCulture);

    // 1, 2 or 5 times a power of ten.
    private static double Step(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}

using System.Globalization;
using System.Numerics;
using MedBench.Core.Errors;

namespace MedBench.Core.Text;

/// <summary>The values that make sense for a number, and why no others do.</summary>
/// <param name="Least">Smallest.</param>
/// <param name="Most">Largest.</param>
/// <param name="Why">The reason, as the end of a sentence.</param>
public sealed record NumberRange<T>(T Least, T Most, string Why)
    where T : INumber<T>
{
    /// <summary>Whether <paramref name="value"/> is one of them.</summary>
    public bool Holds(T value) => value >= Least && value <= Most;

    /// <summary>The value itself.</summary>
    /// <param name="value">Value.</param>
    /// <param name="what">What has it, as the user wrote it, for example <c>--threads 0</c>.</param>
    /// <exception cref="MedBenchException">It is not one of them.</exception>
    public T Checked(T value, string what) => Holds(value) ? value : throw Refused(what);

    /// <summary>The error for a value that is not one of them.</summary>
    public MedBenchException Refused(string what) => new($"{what}: outside {Range}", $"give a number {this}: {Why}");

    /// <summary><c>from 1 to 256</c>.</summary>
    public override string ToString() => $"from {Range}";

    private string Range => string.Create(CultureInfo.InvariantCulture, $"{Least} to {Most}");
}

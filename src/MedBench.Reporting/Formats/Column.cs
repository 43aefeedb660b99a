namespace MedBench.Reporting.Formats;

/// <summary>A typed column of a table.</summary>
/// <param name="Name">Of <c>[a-z0-9_]</c>, so that it needs no quoting in SQL.</param>
/// <param name="Type"><see cref="string"/>, <see cref="double"/>, <see cref="long"/> or <see cref="DateTime"/> (UTC).</param>
/// <param name="Value">The value in a row, of that type; null where there is none.</param>
/// <typeparam name="T">A row.</typeparam>
internal sealed record Column<T>(string Name, Type Type, Func<T, object?> Value)
{
    internal static Column<T> Text(string name, Func<T, string?> value) => new(name, typeof(string), value);

    internal static Column<T> Number(string name, Func<T, double?> value) => new(name, typeof(double), row => value(row));

    internal static Column<T> Whole(string name, Func<T, long?> value) => new(name, typeof(long), row => value(row));

    internal static Column<T> Time(string name, Func<T, DateTimeOffset> value) => new(name, typeof(DateTime), row => value(row).UtcDateTime);
}

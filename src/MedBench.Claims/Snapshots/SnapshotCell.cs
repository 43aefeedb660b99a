using System.Text.Json.Serialization;

namespace MedBench.Claims.Snapshots;

/// <summary>One cell of a snapshot; of a trend claim, one pair, row or sweep.</summary>
/// <param name="Id">Id of the cell, or name of the unit.</param>
/// <param name="Published">Printed number, a fraction; null if there is none.</param>
/// <param name="Verdict">The verdict by name; null for a unit.</param>
/// <param name="Low">Least value that passes; null where nothing is known.</param>
/// <param name="High">Largest value that passes.</param>
/// <param name="Measured">Our mean, or the unit's difference; null if not run.</param>
public sealed record SnapshotCell(string Id, double? Published, string? Verdict, double? Low, double? High, double? Measured)
{
    /// <summary>The range; null where nothing is known.</summary>
    [JsonIgnore]
    public MeasuredRange? Range => Low is { } low && High is { } high ? new MeasuredRange(low, high, Measured) : null;
}

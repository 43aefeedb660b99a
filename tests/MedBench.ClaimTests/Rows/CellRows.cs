namespace MedBench.ClaimTests.Rows;

/// <summary>A row for each published number.</summary>
public sealed class CellRows() : IdRows(Session.Current.Cells.Keys);

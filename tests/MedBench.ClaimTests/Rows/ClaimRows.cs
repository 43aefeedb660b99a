namespace MedBench.ClaimTests.Rows;

/// <summary>A row for each claim.</summary>
public sealed class ClaimRows() : IdRows(Session.Current.Claims.Keys);

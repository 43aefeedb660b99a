using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>What makes two cells belong to the same pair, row or sweep.</summary>
public enum UnitKey
{
    /// <summary><see cref="CellKey.Dataset"/>.</summary>
    Dataset,

    /// <summary><see cref="CellKey.Method"/>.</summary>
    Method,

    /// <summary><see cref="CellKey.Model"/>.</summary>
    Model,

    /// <summary><see cref="CellKey.Resolution"/>.</summary>
    Size,

    /// <summary>The seed: every run of a cell is a unit of its own, and what is said is said about one dataset.</summary>
    Seed,
}

namespace MedBench.Reporting.Model;

/// <summary>How much of one paper was run.</summary>
/// <param name="Paper">Its short name.</param>
/// <param name="Cells">Cells that the paper prints or an experiment lists, one a metric.</param>
/// <param name="CellsRun">Of those, with at least one seed.</param>
/// <param name="OtherCells">Cells run besides, which the paper does not print.</param>
/// <param name="Runs">Runs, one a seed.</param>
/// <param name="Seeds">Seeds used, in order.</param>
public sealed record GridCoverage(string Paper, int Cells, int CellsRun, int OtherCells, int Runs, IReadOnlyList<long> Seeds)
{
    /// <summary>Share of cells run, in [0, 1]; 0 where the paper prints none.</summary>
    public double Share => Cells == 0 ? 0 : (double)CellsRun / Cells;

    /// <summary>Whether cells are missing.</summary>
    public bool IsPartial => CellsRun < Cells;
}

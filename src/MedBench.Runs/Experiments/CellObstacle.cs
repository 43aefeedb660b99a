using MedBench.Data.Audits;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;

namespace MedBench.Runs.Experiments;

/// <summary>What can keep a cell from being run.</summary>
public enum ObstacleKind
{
    /// <summary>The data file is not on this machine.</summary>
    Data,

    /// <summary>The published checkpoint is not on this machine.</summary>
    Weights,

    /// <summary>By the estimate it takes longer than is left.</summary>
    Budget,
}

/// <summary>Why a cell is not run on this machine as it is.</summary>
/// <param name="Kind">What is in the way.</param>
/// <param name="Reason">In words.</param>
/// <param name="Command">What the user can do about it; null where only more time would help.</param>
public sealed record CellObstacle(ObstacleKind Kind, string Reason, string? Command)
{
    /// <summary>The cell takes longer than the budget leaves.</summary>
    public static CellObstacle OverBudget { get; } = new(ObstacleKind.Budget, "it takes longer than the budget leaves", null);

    /// <summary>The first obstacle to running <paramref name="cell"/>, or null if there is none. Only presence is looked at, not content.</summary>
    public static CellObstacle? For(ExperimentCell cell)
    {
        var (dataset, size, model) = (cell.Run.Dataset, cell.Run.Size, cell.Run.Model);
        if (dataset.Files.Count > 0 && !ImageDataset.IsPresent(dataset, size))
            return new(ObstacleKind.Data, $"{dataset.File(size).FileName} is not in {DatasetFolders.Resolve()}", $"medbench data get {dataset.Name} --size {size}");
        if (cell.Run.Subset is { LeavesOutTwins: true } && AuditCatalog.Find(dataset) is null)
            return new(ObstacleKind.Data, $"{AuditCatalog.Absence(dataset)}: which images have twins is not known", AuditCatalog.CommandFor(dataset));
        return cell.NeedsCheckpoint && !ModelCheckpoints.IsPresent(model)
            ? new(ObstacleKind.Weights, $"the checkpoint of {model.Name} is not on this machine", $"medbench models get {model.Name}")
            : null;
    }
}

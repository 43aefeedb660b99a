namespace MedBench.Reporting.Model;

/// <summary>What a reader must see beside a number, because the number alone would say too much.</summary>
public enum MarkKind
{
    /// <summary>Generated images: evidence for nothing.</summary>
    Synthetic,

    /// <summary>The model starts from formula or random weights where the paper starts from a checkpoint.</summary>
    OtherWeights,

    /// <summary>The protocol is not that of the paper's cell: another learning rate, part of the data, another variant.</summary>
    ChangedProtocol,

    /// <summary>Fewer seeds than the protocol asks for.</summary>
    FewSeeds,

    /// <summary>Not all cells that the paper prints were run.</summary>
    PartialGrid,

    /// <summary>There is no run.</summary>
    NotRun,

    /// <summary>A claim has fewer cells than its stated minimum.</summary>
    MinimumNotMet,

    /// <summary>Tested on a paper's printed table, not on runs of ours.</summary>
    PublishedNumbers,

    /// <summary>A known fault of the data or of how the printed number was read.</summary>
    Caveat,
}

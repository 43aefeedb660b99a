using System.ComponentModel;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>One claim as its file states it; with <see cref="ForEach"/>, one for every combination.</summary>
public sealed record ClaimEntry
{
    /// <summary>Name below the paper, of <c>[a-z0-9/.-]</c>.</summary>
    [Description("Name below the paper, of [a-z0-9/.-]; the values of for-each are appended.")]
    public required string Id { get; init; }

    /// <summary>The claim in words.</summary>
    [Description("The claim in words, as the paper means it.")]
    public required string Statement { get; init; }

    /// <summary>Where the paper says so.</summary>
    [Description("Where the paper says so: section, table or figure.")]
    public required string Source { get; init; }

    /// <summary>How it is tested.</summary>
    [Description("How it is tested: cells, cell, paired, ordered or arg-max.")]
    public required ClaimKind Kind { get; init; }

    /// <summary><c>runs</c>, or <c>published:PAPER</c>.</summary>
    [Description("runs: our own; published:PAPER: the numbers that another paper printed.")]
    public string Evidence { get; init; } = "runs";

    /// <summary>Which experiments' cells count; empty for all of the paper's that are not exploratory.</summary>
    [Description("Experiments whose cells count, for example wu2025/benchmark (default: all of the paper's that are not exploratory).")]
    public string[] Experiments { get; init; } = [];

    /// <summary>Weights that were tested.</summary>
    [Description("Weights that were tested: selected (default) or last-epoch.")]
    public TestedWeights Weights { get; init; }

    /// <summary>Ways in which the claim can be meant, each a claim of its own; empty for one.</summary>
    [Description("Ways in which the claim can be meant, each a claim of its own.")]
    public ClaimCase[] Cases { get; init; } = [];

    /// <summary>A claim for each combination of the alternatives of each key.</summary>
    [Description("One claim for each combination of the alternatives of each key.")]
    public CellSelector? ForEach { get; init; }

    /// <summary>Cells that the claim is about.</summary>
    [Description("Cells that the claim is about.")]
    public CellSelector Where { get; init; } = new();

    /// <summary>Of a paired claim: the group that is said to be better.</summary>
    [Description("Paired: the group that is said to be better.")]
    public CellSelector? First { get; init; }

    /// <summary>Of a paired claim: the other group.</summary>
    [Description("Paired: the other group.")]
    public CellSelector? Second { get; init; }

    /// <summary>Of an ordered claim: conditions from least to best. Of an arg-max claim: the settings of the sweep.</summary>
    [Description("Ordered: the conditions, least first. Arg-max: the settings of the sweep.")]
    public CellSelector[] Conditions { get; init; } = [];

    /// <summary>Of an arg-max claim: which of the conditions is said to be best.</summary>
    [Description("Arg-max: the condition that is said to be best.")]
    public CellSelector? Best { get; init; }

    /// <summary>Taken off every value: the claim is then about the gain over these cells.</summary>
    [Description("Taken off every value: the claim is then about the gain over these cells.")]
    public CellSelector? Minus { get; init; }

    /// <summary>What makes cells belong to one pair, row or sweep.</summary>
    [Description("What makes cells belong to one pair, row or sweep (default: dataset).")]
    public UnitKey[] Per { get; init; } = [UnitKey.Dataset];

    /// <summary>Fewest pairs, rows or sweeps for a decision.</summary>
    [Description("Fewest pairs, rows or sweeps for a decision; the rules' minimum for signed-rank and trend tests holds besides.")]
    public int Minimum { get; init; } = 1;

    /// <summary>What a reader must know besides.</summary>
    [Description("What a reader must know besides.")]
    public string[] Caveats { get; init; } = [];
}

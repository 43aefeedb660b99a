using System.ComponentModel;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>One claim as its file states it; with <see cref="ForEach"/>, one for every combination.</summary>
public sealed record ClaimEntry
{
    /// <summary>An <see cref="Effect"/> of the smallest difference that matters.</summary>
    public const string Margin = "margin";

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
    [Description("How it is tested: cells, cell, paired, ordered, arg-max or audit.")]
    public required ClaimKind Kind { get; init; }

    /// <summary>Whose numbers: <see cref="EvidenceSource"/>.</summary>
    [Description("Whose numbers: runs (ours, the default), published:PAPER (a printed table), independent:STUDY (other people's runs), released:PAPER (the authors' predictions, rescored), audits (the audit files; of a claim on an audit).")]
    public string Evidence { get; init; } = "runs";

    /// <summary>Of a claim on cells: whose numbers stand in place of the paper's printed ones; null for those.</summary>
    [Description("Cells: whose numbers stand in place of the printed ones, for example independent:yang2023-official-script.")]
    public string? Against { get; init; }

    /// <summary>The claim of the same paper whose sentence this tests elsewhere; null for a sentence of its own.</summary>
    [Description("Id of the claim of the same paper whose sentence this tests elsewhere, for example 1-vits-beat-cnns: the report sets them beside each other.")]
    public string? Tests { get; init; }

    /// <summary>The row whose outcome is the claim's; null for a claim of one row.</summary>
    [Description("The row whose outcome is the claim's: its case and for-each values without the dataset, as the id ends with them, for example as-described/auc. The others are secondary and corrected for being many.")]
    public string? Primary { get; init; }

    /// <summary>Of a paired claim: what it says.</summary>
    [Description("Paired: better (default), no-gain (the first gains nothing that would matter) or equivalent.")]
    public Saying Says { get; init; }

    /// <summary>δ₀ of a paired claim: points, or the name of an effect in rules.json.</summary>
    [Description("Paired: by how many points the first is better at least, 'margin' for the smallest difference that matters, or the name of an effect in rules.json such as few-shot (default: 0).")]
    public string Effect { get; init; } = "0";

    /// <summary>Of a paired claim: how many models of the first group the paper shows, if it does not say which.</summary>
    [Description("Paired: how many models of the first group the paper shows, where it does not say which: every subset of that many is tried.")]
    public int? Choose { get; init; }

    /// <summary>Which experiments' cells count; empty for all of the paper's that are not exploratory.</summary>
    [Description("Experiments whose cells count, for example wu2025/benchmark (default: all of the paper's that are not exploratory).")]
    public string[] Experiments { get; init; } = [];

    /// <summary>Whether the runs are of another encoder, dataset or protocol than the sentence is about.</summary>
    [Description("True where our runs are of another encoder, dataset or protocol than the sentence is about: it is then seen, not seen or the opposite, and never contradicted.")]
    public bool Transfer { get; init; }

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

    /// <summary>Of a claim on an audit: what is counted.</summary>
    [Description("Audit: what is counted in the audit of where's dataset, and from which count on the sentence is true.")]
    public ClaimAudit? Audit { get; init; }

    /// <summary>Taken off every value: the claim is then about the gain over these cells.</summary>
    [Description("Taken off every value: the claim is then about the gain over these cells.")]
    public CellSelector? Minus { get; init; }

    /// <summary>What makes cells belong to one pair, row or sweep.</summary>
    [Description("What makes cells belong to one pair, row or sweep (default: dataset). With seed, every run is a unit, and the statement is about one dataset.")]
    public UnitKey[] Per { get; init; } = [UnitKey.Dataset];

    /// <summary>Fewest pairs, rows or sweeps for a decision.</summary>
    [Description("Fewest pairs, rows or sweeps for a decision; the rules' minimum for signed-rank and trend tests holds besides.")]
    public int Minimum { get; init; } = 1;

    /// <summary>What a reader must know besides.</summary>
    [Description("What a reader must know besides.")]
    public string[] Caveats { get; init; } = [];
}

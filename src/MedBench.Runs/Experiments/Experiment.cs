using System.ComponentModel;

namespace MedBench.Runs.Experiments;

/// <summary>One file of <c>experiments/PAPER/</c>: what to run, as data.</summary>
public sealed record Experiment
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the file format: 1.</summary>
    [Description("Version of the file format: 1.")]
    public required int Schema { get; init; }

    /// <summary>Version of this experiment, raised when its cells change.</summary>
    [Description("Version of this experiment, raised when its cells change.")]
    public required int Version { get; init; }

    /// <summary>Whose numbers the cells are compared with, for example <c>wu2025</c>.</summary>
    [Description("Whose numbers the cells are compared with: a folder of expected-results.")]
    public required string Paper { get; init; }

    /// <summary>A few words.</summary>
    [Description("A few words.")]
    public required string Title { get; init; }

    /// <summary>What the experiment is to find out, in one sentence.</summary>
    [Description("What the experiment is to find out, in one sentence.")]
    public required string Question { get; init; }

    /// <summary>Where the paper describes it; or, for an exploratory one, where the paper leaves it open.</summary>
    [Description("Where the paper describes it, or leaves it open.")]
    public required string Source { get; init; }

    /// <summary>Whether the paper prints no number for it.</summary>
    [Description("True where the paper prints no number for it.")]
    public bool Exploratory { get; init; }

    /// <summary>Recipe of the grids that name none: a name, or the path of a recipe file relative to this one; null for the one called like the paper.</summary>
    [Description("Recipe of the grids that name none: a name, or the path of a recipe file relative to this one (default: the one called like the paper).")]
    public string? Recipe { get; init; }

    /// <summary>Choices of ours where the paper is silent, and whatever else a reader must know.</summary>
    [Description("Choices of ours where the paper is silent, and whatever else a reader must know.")]
    public string[] Notes { get; init; } = [];

    /// <summary>In what the runs differ from the paper's protocol: it rides with every verdict on them.</summary>
    [Description("In what the runs differ from the paper's protocol: it rides with every verdict on them.")]
    public string[] Deviations { get; init; } = [];

    /// <summary>The cells; one that appears in several grids is run once, in the lowest tier.</summary>
    [Description("The cells; one that appears in several grids is run once, in the lowest tier.")]
    public required ExperimentGrid[] Grids { get; init; }
}

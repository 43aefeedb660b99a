using System.ComponentModel;
using MedBench.Data.Preprocessing;

namespace MedBench.Runs.Experiments;

/// <summary>Every combination of its lists.</summary>
public sealed record ExperimentGrid
{
    /// <summary>What a cell asks of a machine.</summary>
    [Description("What a cell asks of a machine: demo, cpu, gpu or full.")]
    public required Tier Tier { get; init; }

    /// <summary>Recipe by name, or the path of a recipe file relative to the experiment's; null for the experiment's recipe.</summary>
    [Description("Recipe by name, or the path of a recipe file relative to this one (default: the experiment's).")]
    public string? Recipe { get; init; }

    /// <summary>Datasets; <c>all</c> stands for the paper's in <c>expected-results/papers.csv</c>.</summary>
    [Description("Datasets; 'all' stands for the paper's in expected-results/papers.csv.")]
    public required string[] Datasets { get; init; }

    /// <summary>Pixels of the data files; empty for the recipe's.</summary>
    [Description("Pixels of the data files: 28, 64, 128, 224 (default: the recipe's).")]
    public int[] Sizes { get; init; } = [];

    /// <summary>Models; <c>cnn</c>, <c>vit</c> and <c>all</c> stand for the paper's in <c>expected-results/models.csv</c>.</summary>
    [Description("Models by timm's names; 'cnn', 'vit' and 'all' stand for the paper's in expected-results/models.csv.")]
    public required string[] Models { get; init; }

    /// <summary>Methods of the recipe, with their variants: <c>end-to-end/as-released</c>.</summary>
    [Description("Methods of the recipe, with their variants: end-to-end/as-released.")]
    public required string[] Methods { get; init; }

    /// <summary>Ways to the input size; empty for the recipe's.</summary>
    [Description("Ways to the input size (default: the recipe's).")]
    public ResizeMode[] Resize { get; init; } = [];

    /// <summary>Encoder learning rates; empty for the recipe's.</summary>
    [Description("Encoder learning rates (default: the recipe's).")]
    public double[] EncoderLr { get; init; } = [];

    /// <summary>Parts of the training split: <c>all</c>, <c>10-shot</c>, <c>25%</c>, <c>twin-free</c>, <c>twin-free-control-1</c>; empty for all of it.</summary>
    [Description("Parts of the training split: all, 10-shot, 25%, twin-free, twin-free-control-1 (default: all).")]
    public string[] Subsets { get; init; } = [];

    /// <summary>Seeds; empty for the recipe's.</summary>
    [Description("Seeds (default: the recipe's).")]
    public int[] Seeds { get; init; } = [];

    /// <summary>Of seeds from 0 on: how many may count; 0 for those of <see cref="Seeds"/> alone.</summary>
    [Description("How many seeds may count, where they are 0, 1, 2 and so on: further ones do as soon as all before them are run (default: none beyond 'seeds').")]
    public int MostSeeds { get; init; }
}

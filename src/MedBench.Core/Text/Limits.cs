namespace MedBench.Core.Text;

/// <summary>The ranges of the numbers that a user can set, in one place. Beyond them a machine would be lost for minutes, or a result would mean nothing.</summary>
public static class Limits
{
    /// <summary>Threads of libtorch. More than a few for each core only wait; 25,000 take a machine down. Records of larger machines can still be retraced.</summary>
    public static NumberRange<int> Threads { get; } = new(1, Math.Max(256, 4 * Environment.ProcessorCount), $"this machine runs {Environment.ProcessorCount} at a time");

    /// <summary>Seeds of a run: what NumPy's, PyTorch's and this program's generators all take.</summary>
    public static NumberRange<int> Seed { get; } = new(0, int.MaxValue, "generators take seeds of 31 bits");

    /// <summary>Seeds of one configuration.</summary>
    public const int MostSeeds = 10_000;

    /// <summary>Images in a batch: gradients of more do not fit any one device.</summary>
    public static NumberRange<int> BatchSize { get; } = new(1, 65_536, "a batch is held in memory as a whole");

    /// <summary>Images at a time in <c>medbench bench</c>, where no dataset bounds them.</summary>
    public static NumberRange<int> BenchBatch { get; } = new(1, 4_096, "a batch is held in memory as a whole");

    /// <summary>Side of an image in pixels: SAM's encoder, the largest, takes 1024.</summary>
    public static NumberRange<int> Pixels { get; } = new(1, 1_024, "no encoder here takes larger images");

    /// <summary>Side of a generated image.</summary>
    public static NumberRange<int> SyntheticPixels { get; } = new(16, 512, "smaller ones show no shape, and larger ones would fill the disk");

    /// <summary>Epochs of a training.</summary>
    public static NumberRange<int> Epochs { get; } = new(1, 100_000, "no published training is longer");

    /// <summary>Iterations of a training.</summary>
    public static NumberRange<int> Iterations { get; } = new(1, 100_000_000, "no published training is longer");

    /// <summary>Learning rates.</summary>
    public static NumberRange<double> LearningRate { get; } = new(1e-12, 1, "smaller steps are lost in float32, and larger ones are no learning");

    /// <summary>Weight decay.</summary>
    public static NumberRange<double> WeightDecay { get; } = new(0, 10, "more would pull every weight to 0 in the first step");

    /// <summary>Neighbours of a k-NN.</summary>
    public static NumberRange<int> Neighbours { get; } = new(1, 10_000, "a vote of more is the majority class of the training split");

    /// <summary>Widths and counts inside a head.</summary>
    public static NumberRange<int> HeadWidth { get; } = new(1, 65_536, "wider layers than any encoder's make no head");

    /// <summary>Shards of a plan.</summary>
    public static NumberRange<int> Shards { get; } = new(1, 100_000, "no engine takes more jobs at once");

    /// <summary>Hours of a shard.</summary>
    public static NumberRange<double> Hours { get; } = new(0.01, 8_784, "a shard lasts from half a minute to a year");

    /// <summary>Machines of a simulation.</summary>
    public static NumberRange<int> Machines { get; } = new(1, 100_000, "each machine is played event by event");

    /// <summary>Failures of one machine per hour.</summary>
    public static NumberRange<double> FailureRate { get; } = new(0, 60, "with more than one a minute no work is ever done");

    /// <summary>Seconds of a measurement.</summary>
    public static NumberRange<double> MeasuredSeconds { get; } = new(0.01, 3_600, "a measurement is repeated for this long, for each model");

    /// <summary>Evaluations to go back to.</summary>
    public static NumberRange<int> Evaluations { get; } = new(1, 100_000, "a training has no more epochs");

    /// <summary>Configurations with figures of their own.</summary>
    public static NumberRange<int> Details { get; } = new(0, 10_000, "each has several figures, and a page has to open");

    /// <summary>TCP ports.</summary>
    public static NumberRange<int> Port { get; } = new(0, 65_535, "a port has 16 bits; 0 stands for any free one");

    /// <summary>Seconds between two checkpoints.</summary>
    public static NumberRange<double> CheckpointSeconds { get; } = new(0, 86_400, "a day of work is enough to lose");

    /// <summary>Resamples of a bootstrap.</summary>
    public static NumberRange<int> Resamples { get; } = new(100, 1_000_000, "fewer are noise, and more take hours");
}

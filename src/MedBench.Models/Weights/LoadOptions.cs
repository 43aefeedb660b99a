using static TorchSharp.torch;

namespace MedBench.Models.Weights;

/// <summary>What a checkpoint may differ in from the module that it is loaded into.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Whether every key must be in both; default true. A shape that differs and cannot be adapted is an error in any case, and BatchNorm's
    /// <c>num_batches_tracked</c> may always be missing, as in PyTorch: files before version 0.4.1 lack it.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>Parts of the module that stay as they are, for example <c>fc</c> or <c>head.fc</c>: the checkpoint's tensors for them are ignored.</summary>
    public IReadOnlyList<string> ReplacedPrefixes { get; init; } = [];

    /// <summary>From the checkpoint's keys to the module's.</summary>
    public KeyRemap Rename { get; init; } = KeyRemap.None;

    /// <summary>
    /// Makes a floating-point tensor of another shape fit: gets the module's name for it, the tensor as stored, and the
    /// module's shape; returns a new tensor of that shape, or null where it cannot. Default: none can.
    /// </summary>
    public Func<string, Tensor, long[], Tensor?> Adapt { get; init; } = (_, _, _) => null;

    /// <summary>Of a file that holds several state dicts, the one to read: <see cref="Checkpoint.Open"/>.</summary>
    public string? Part { get; init; }

    internal bool IsReplaced(string key) => ReplacedPrefixes.Any(p => key == p || key.StartsWith(p.TrimEnd('.') + ".", StringComparison.Ordinal));
}

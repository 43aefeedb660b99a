using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Training.Runs;

/// <summary>What a run's model starts from, as part of the run's id: <c>sha256:…</c> of a checkpoint, <c>formula</c>, or <c>initialised</c>.</summary>
[JsonConverter(typeof(TextConverter<WeightsId>))]
public sealed record WeightsId : IText<WeightsId>
{
    private const string Prefix = "sha256:";
    private readonly string _text;

    private WeightsId(string text) => _text = text;

    /// <summary>Random initialisation by the run's seed.</summary>
    public static WeightsId Initialised { get; } = new("initialised");

    /// <summary>The parity formula.</summary>
    public static WeightsId Formula { get; } = new("formula");

    /// <summary>SHA-256 of the checkpoint, in lower-case hex; null for the other two.</summary>
    public string? Sha256 => _text.StartsWith(Prefix, StringComparison.Ordinal) ? _text[Prefix.Length..] : null;

    /// <summary>Whether it is a checkpoint.</summary>
    public bool IsCheckpoint => Sha256 is not null;

    /// <summary>A checkpoint.</summary>
    /// <param name="sha256">Its SHA-256 in lower-case hex.</param>
    public static WeightsId Checkpoint(string sha256) => Parse(Prefix + sha256);

    /// <inheritdoc/>
    public static WeightsId Parse(string text)
    {
        var id = new WeightsId(text);
        return id == Formula || id == Initialised || id.Sha256 is { Length: 64 } digits && digits.All(char.IsAsciiHexDigitLower) ? id : throw new MedBenchException(
            $"'{text}' are no start weights", $"they are formula, initialised, or {Prefix} with the 64 lower-case hex digits of a checkpoint");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => _text;
}

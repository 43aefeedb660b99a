using System.Text;
using System.Text.Json;
using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;

namespace MedBench.Claims.Snapshots;

/// <summary>
/// What was last accepted about a claim: its statement, the rules, the outcome, and for each cell the printed number, the verdict
/// and the range in which a new measurement may lie.
/// </summary>
/// <param name="Schema">Version of this form: 1.</param>
/// <param name="Claim">Id.</param>
/// <param name="Statement">In words.</param>
/// <param name="Kind">How it is tested.</param>
/// <param name="Evidence"><c>runs</c>, or whose printed numbers.</param>
/// <param name="RulesHash">SHA-256 of the rules.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Numbers">Effect, p and share of a trend claim; empty for others.</param>
/// <param name="Cells">The cells, or the units of a trend claim.</param>
public sealed record ClaimSnapshot(
    int Schema,
    string Claim,
    string Statement,
    ClaimKind Kind,
    string Evidence,
    string RulesHash,
    ClaimOutcome Outcome,
    IReadOnlyDictionary<string, MeasuredRange> Numbers,
    IReadOnlyList<SnapshotCell> Cells)
{
    /// <summary>The version written by this code.</summary>
    public const int CurrentSchema = 1;

    /// <summary>JSON, one line a cell.</summary>
    public string ToJson()
    {
        var line = new JsonSerializerOptions(StrictJson.Options) { WriteIndented = false };
        var text = new StringBuilder("{\n");
        void Member(string name, object value) => text.Append($"  \"{name}\": {JsonSerializer.Serialize(value, line)},\n");
        Member("schema", Schema);
        Member("claim", Claim);
        Member("statement", Statement);
        Member("kind", Kind);
        Member("evidence", Evidence);
        Member("rulesHash", RulesHash);
        Member("outcome", Outcome);
        Member("numbers", Numbers);
        text.Append("  \"cells\": [").AppendJoin(',', Cells.Select(cell => $"\n    {JsonSerializer.Serialize(cell, line)}")).Append(Cells.Count == 0 ? "]\n}\n" : "\n  ]\n}\n");
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToJson"/> writes, strictly.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Name to show in errors.</param>
    public static ClaimSnapshot Parse(string json, string file) => StrictJson.Read<ClaimSnapshot>(Encoding.UTF8.GetBytes(json), file);
}

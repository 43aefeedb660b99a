using System.Text.RegularExpressions;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Weights.Hub;

namespace MedBench.Runs.Papers;

/// <summary>
/// Which file the published checkpoint of a model is: by the digest on its card, or else by that of the first file that somebody had
/// (trust on first use), in <c>expected-results/weights.lock.json</c>, which is committed. A run from any other file is no evidence for a printed number.
/// </summary>
/// <param name="Schema">Version of the file format; 1.</param>
/// <param name="Weights">By timm's name of the model.</param>
public sealed partial record WeightsLock(int Schema, SortedDictionary<string, LockedWeights> Weights)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "weights.lock.json";

    private const int CurrentSchema = 1;

    /// <summary>Nothing is locked.</summary>
    public static WeightsLock Empty => new(CurrentSchema, new SortedDictionary<string, LockedWeights>(StringComparer.Ordinal));

    /// <summary>The lock of a folder like <c>expected-results</c>, or of the copy inside this program if it is null; one that has none has locked nothing.</summary>
    /// <exception cref="MedBenchException">The file is malformed.</exception>
    public static WeightsLock Load(string? folder = null)
    {
        var files = ExpectedFiles.Open(folder);
        if (!files.Paths.Contains(FileName)) return Empty;
        string shown = files.Display(FileName);
        var read = StrictJson.Read<WeightsLock>(files.Bytes(FileName), shown);
        if (read.Schema != CurrentSchema) throw new MedBenchException($"{shown}: schema {read.Schema}, this version reads {CurrentSchema}", "use the version of MedBenchRepro that wrote it");
        foreach (var (model, locked) in read.Weights)
            if (!Digest().IsMatch(locked.Sha256)) throw new MedBenchException($"{shown}: '{locked.Sha256}' of {model} is not a sha256", "it has 64 lower-case hex digits; restore the file from version control");
        return read;
    }

    /// <summary>The digest that the checkpoint of a model must have; null where nobody has said.</summary>
    public string? Sha256Of(ModelCard card) => card.Hub?.Sha256 ?? Weights.GetValueOrDefault(card.Name)?.Sha256;

    /// <summary>Whether a file is known to be the published checkpoint of a model.</summary>
    /// <param name="model">Full name of the model.</param>
    /// <param name="sha256">SHA-256 of the file, lower-case hex.</param>
    public bool Accepts(string model, string sha256) => ModelCatalog.All.FirstOrDefault(c => c.Name == model) is { } card && Sha256Of(card) == sha256;

    /// <summary>Remembers the first file of a model whose card has no digest.</summary>
    /// <param name="card">The model.</param>
    /// <param name="weights">Its checkpoint.</param>
    /// <param name="folder">The folder to keep the lock in.</param>
    /// <returns>The lock with it; this one where a digest is known already.</returns>
    public WeightsLock With(ModelCard card, ResolvedWeights weights, string folder)
    {
        if (Sha256Of(card) is not null) return this;
        string? revision = Commit().Match(weights.Path.Replace('\\', '/')) is { Success: true } match ? match.Groups[1].Value : card.Hub?.Revision;
        var added = new SortedDictionary<string, LockedWeights>(Weights, StringComparer.Ordinal) { [card.Name] = new LockedWeights(weights.Sha256, revision, card.Hub!.ToString()) };
        var made = this with { Weights = added };
        AtomicFile.WriteText(Path.Combine(folder, FileName), StrictJson.Write(made));
        return made;
    }

    // Where Hugging Face's cache keeps a revision.
    [GeneratedRegex("/snapshots/([0-9a-f]{40})/")]
    private static partial Regex Commit();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}

/// <summary>One checkpoint of a <see cref="WeightsLock"/>.</summary>
/// <param name="Sha256">SHA-256 of the file, 64 lower-case hex digits.</param>
/// <param name="Revision">Commit of its repository; null where the file did not come with one.</param>
/// <param name="Source">Where the card says it is from.</param>
public sealed record LockedWeights(string Sha256, string? Revision, string Source);

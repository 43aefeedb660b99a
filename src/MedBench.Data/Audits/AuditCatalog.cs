using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Datasets;

namespace MedBench.Data.Audits;

/// <summary>The audits on record: those of the folder <c>audits</c> where there is one, and those that the program brings along.</summary>
public static class AuditCatalog
{
    /// <summary>Name of the folder.</summary>
    public const string Folder = "audits";

    // A run's identity asks for its audit, so that many cells ask for the same one.
    private static readonly ConcurrentDictionary<(string Place, DateTime Written), DatasetAudit> s_read = new();

    /// <summary>The command that makes the audit of a dataset, where <see cref="Find(DatasetCard)"/> looks for it.</summary>
    public static string CommandFor(DatasetCard card) => $"medbench data audit {Argument(card)} --out {Folder}";

    /// <summary>Writes <c>FOLDER/DATASET_SIZE.json</c>.</summary>
    /// <returns>The file's path.</returns>
    public static string Write(string folder, DatasetAudit audit)
    {
        string path = Path.Combine(folder, $"{audit.Dataset}_{audit.Size}.json");
        AtomicFile.WriteText(path, StrictJson.Write(audit));
        return path;
    }

    /// <summary>
    /// The audit that tells most about a dataset: of the largest size, since all files of a published dataset hold the same images in the same order; null where there is none,
    /// or none of these images of the reader's own: another split of them is other data under the same name.
    /// </summary>
    /// <param name="card">The dataset.</param>
    /// <exception cref="MedBenchException">A file is damaged, or is not of this published dataset as its card has it.</exception>
    public static DatasetAudit? Find(DatasetCard card) => Find(card, Folder);

    /// <summary>Why <see cref="Find(DatasetCard)"/> finds none, in words.</summary>
    /// <param name="card">The dataset.</param>
    public static string Absence(DatasetCard card) => Absence(card, Folder);

    internal static DatasetAudit? Find(DatasetCard card, string folder)
    {
        var all = OnRecord(card, folder);
        if (card.IsOwn) return all.FirstOrDefault(a => Difference(a.Audit, card) is null).Audit;
        var found = all.FirstOrDefault();
        return found.Audit is { } audit && Difference(audit, card) is { } difference
            ? throw new MedBenchException($"{found.Place} is of {difference}", $"make it anew with: {CommandFor(card)} --size {audit.Size}")
            : found.Audit;
    }

    internal static string Absence(DatasetCard card, string folder) =>
        OnRecord(card, folder).FirstOrDefault() is { Audit: { } audit } other ? $"{other.Place} is of {Difference(audit, card)}" : $"no audit of {card.Name} is on record";

    // What an audit looked at, and what it should have; null where they are the same.
    private static string? Difference(DatasetAudit audit, DatasetCard card)
    {
        if (audit.Images != card.Splits)
            return $"{audit.Images.Train} + {audit.Images.Validation} + {audit.Images.Test} images; {card.Name} has {card.Splits.Train} + {card.Splits.Validation} + {card.Splits.Test}";
        // A generated dataset has no file to compare with.
        var file = card.IsOwn ? card.Files.Values.Single() : card.Files.GetValueOrDefault(audit.Size);
        return file is null || file.Md5 == audit.Md5 ? null : $"other data, a file with MD5 {audit.Md5}; that of {card.Name} has {file.Md5}";
    }

    private static string Argument(DatasetCard card) => card.CardPath is { } path ? (path.Contains(' ') ? $"\"{path}\"" : path) : card.IsOwn ? "CARD.yaml" : card.Name;

    // The largest first.
    private static IEnumerable<(string Place, DatasetAudit Audit)> OnRecord(DatasetCard card, string folder) => Local(card, folder).Concat(BroughtAlong(card)).OrderByDescending(a => a.Audit.Size);

    private static IEnumerable<(string Place, DatasetAudit Audit)> Local(DatasetCard card, string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $"{card.Name}_*.json").Order(StringComparer.Ordinal).Select(path => (path, s_read.GetOrAdd((Path.GetFullPath(path), File.GetLastWriteTimeUtc(path)), _ => Read(File.ReadAllBytes(path), path, card)))).Where(a => a.Item2.Dataset == card.Name)
        : [];

    private static IEnumerable<(string Place, DatasetAudit Audit)> BroughtAlong(DatasetCard card)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith($"Audits/{card.Name}_", StringComparison.Ordinal)))
        {
            var audit = s_read.GetOrAdd((resource, default), _ =>
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                using var reader = new StreamReader(stream);
                return Read(Encoding.UTF8.GetBytes(reader.ReadToEnd()), resource, card);
            });
            if (audit.Dataset == card.Name) yield return (resource, audit);
        }
    }

    private static DatasetAudit Read(byte[] json, string place, DatasetCard card)
    {
        var audit = StrictJson.Read<DatasetAudit>(json, place);
        return audit.Schema == DatasetAudit.CurrentSchema
            ? audit
            : throw new MedBenchException($"{place}: has schema {audit.Schema}; this version reads {DatasetAudit.CurrentSchema}", $"make it anew with: {CommandFor(card)}");
    }
}

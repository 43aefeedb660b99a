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

    /// <summary>The command that makes the audit of a dataset, where <see cref="Find"/> looks for it.</summary>
    public static string CommandFor(DatasetCard card) => $"medbench data audit {card.Name} --out {Folder}";

    /// <summary>Writes <c>FOLDER/DATASET_SIZE.json</c>.</summary>
    /// <returns>The file's path.</returns>
    public static string Write(string folder, DatasetAudit audit)
    {
        string path = Path.Combine(folder, $"{audit.Dataset}_{audit.Size}.json");
        AtomicFile.WriteText(path, StrictJson.Write(audit));
        return path;
    }

    /// <summary>
    /// The audit that tells most about a dataset: of the largest size, since all files of a dataset hold the same images in the same order; null where there is none.
    /// </summary>
    /// <param name="card">The dataset.</param>
    /// <exception cref="MedBenchException">A file is damaged, or is not of this dataset as its card has it.</exception>
    public static DatasetAudit? Find(DatasetCard card)
    {
        var found = Local(card.Name).Concat(BroughtAlong(card.Name)).OrderByDescending(a => a.Audit.Size).FirstOrDefault();
        if (found.Audit is { } audit && audit.Images != card.Splits)
            throw new MedBenchException(
                $"{found.Place} is of {audit.Images.Train} + {audit.Images.Validation} + {audit.Images.Test} images; {card.Name} has {card.Splits.Train} + {card.Splits.Validation} + {card.Splits.Test}",
                $"make it anew with: {CommandFor(card)}");
        return found.Audit;
    }

    private static IEnumerable<(string Place, DatasetAudit Audit)> Local(string name) => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, $"{name}_*.json").Order(StringComparer.Ordinal).Select(path => (path, s_read.GetOrAdd((Path.GetFullPath(path), File.GetLastWriteTimeUtc(path)), _ => Read(File.ReadAllBytes(path), path)))).Where(a => a.Item2.Dataset == name)
        : [];

    private static IEnumerable<(string Place, DatasetAudit Audit)> BroughtAlong(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith($"Audits/{name}_", StringComparison.Ordinal)))
        {
            var audit = s_read.GetOrAdd((resource, default), _ =>
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                using var reader = new StreamReader(stream);
                return Read(Encoding.UTF8.GetBytes(reader.ReadToEnd()), resource);
            });
            if (audit.Dataset == name) yield return (resource, audit);
        }
    }

    private static DatasetAudit Read(byte[] json, string place)
    {
        var audit = StrictJson.Read<DatasetAudit>(json, place);
        return audit.Schema == DatasetAudit.CurrentSchema
            ? audit
            : throw new MedBenchException($"{place}: has schema {audit.Schema}; this version reads {DatasetAudit.CurrentSchema}", $"make it anew with: medbench data audit {audit.Dataset} --out {Folder}");
    }
}

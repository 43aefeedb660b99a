using System.Globalization;
using MedBench.Core.Files;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Models.Weights.Hub;

namespace MedBench.Cli.Doctor;

/// <summary>Datasets, weights, caches and the room for them.</summary>
internal static class FolderChecks
{
    private const double LowSpace = 5;

    public static IEnumerable<Check> All(string results)
    {
        yield return Datasets();
        yield return Weights();
        yield return Writable("cache", CacheFolder.Resolve(), $"set {CacheFolder.Variable} to a folder that you may write to");
        yield return Writable("results", Path.GetFullPath(results), "choose another folder by --results");
    }

    private static Check Datasets()
    {
        string root = DatasetFolders.Resolve();
        string[] found = [.. DatasetCatalog.All.SelectMany(c => c.Files.Values).Select(f => f.FileName).Where(f => File.Exists(Path.Combine(root, f)))];
        return found.Length > 0
            ? new Check("datasets", Health.Good, $"{root}: {string.Join(", ", found)}")
            : new Check("datasets", Health.Note, $"{root}: none", $"medbench data get breastmnist --size 28, or set {DatasetFolders.RootVariable}");
    }

    private static Check Weights()
    {
        var settings = HubSettings.FromEnvironment();
        int present = ModelCatalog.All.Count(card => ModelCheckpoints.IsPresent(card)), published = ModelCatalog.All.Count(c => c.Hub is not null);
        string found = $"{present} of {published} checkpoints; MEDBENCH_WEIGHTS {settings.WeightsFolder ?? "not set"}, Hugging Face cache {settings.CacheFolder}, {(settings.Offline ? "offline" : settings.Endpoint)}";
        return present > 0 ? new Check("weights", Health.Good, found) : new Check("weights", Health.Note, found, "medbench models get resnet18.a1_in1k");
    }

    private static Check Writable(string name, string folder, string fix)
    {
        try
        {
            // A folder that is not there yet is left so: who asks makes nothing. Where it would be made must be writable.
            string present = folder;
            while (!Path.Exists(present) && Path.GetDirectoryName(present) is { } parent) present = parent;
            using (File.Create(Path.Combine(present, $".doctor-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose)) { }
            double free = new DriveInfo(present).AvailableFreeSpace / (double)(1 << 30);
            string found = string.Create(CultureInfo.InvariantCulture, $"{folder}, {free:F1} GiB free");
            return free >= LowSpace ? new Check(name, Health.Good, found) : new Check(name, Health.Note, found, "free some space: datasets unpack to up to 16 GB at 224 px");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Check(name, Health.Bad, $"{folder}: {e.Message}", fix);
        }
    }
}

using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Npz;
using MedBench.Data.Pictures;

namespace MedBench.Data.Datasets;

/// <summary>Image files of the reader's own, decoded once to <c>CACHE/own/KEY/images.npz</c> in MedMNIST's layout; the key is that of all that went into it, pixels included.</summary>
internal static class OwnImages
{
    private const string NpzName = "images.npz", ListName = "images.csv", FactsName = "facts.json";

    // Raised when the same files would give other pixels or splits.
    private const int Version = 2;

    // A share above which a draw is said to have missed what was asked for.
    private const double MuchMore = 1.5;

    // Files decoded between two writes.
    private const int Block = 256;

    /// <summary>What the card of such a dataset is made from.</summary>
    /// <param name="Npz">The decoded images.</param>
    /// <param name="Md5">Of that file.</param>
    /// <param name="Labels">In index order.</param>
    /// <param name="Channels">1 or 3.</param>
    /// <param name="Splits">Counts.</param>
    /// <param name="Notes">How they were read, for whoever reads a result.</param>
    /// <param name="Groups">Groups and further columns of the images; null where neither was given.</param>
    internal sealed record Prepared(string Npz, string Md5, string[] Labels, int Channels, SplitCounts Splits, string[] Notes, GroupTable? Groups);

    /// <summary>Reads the files that are new or changed to know them, and decodes all if that has not been done.</summary>
    /// <exception cref="MedBenchException">An image, label, split or group is not as it must be; names the file, and the line of a CSV.</exception>
    public static Prepared Prepare(OwnDataset card, ImageTable table, YamlPlaces places, string cache, IProgress<OwnProgress>? progress)
    {
        string[] labels = LabelsOf(card, table);
        var known = Scan(table, cache, progress);
        int channels = card.Channels ?? (known.All(k => k.IsGrey) ? 1 : 3);
        var options = new PictureOptions(card.Size!.Value, channels, card.Square, card.Window is [var low, var high] ? (low, high) : null);
        var (splits, notes) = Assign(card, table.Rows, [.. known.Select(k => k.Digest)]);
        notes.InsertRange(0, table.Notes);
        notes.AddRange(Absent(card.Task, labels, split => [.. table.Rows.Where((_, i) => splits[i] == split).SelectMany(r => r.Words).Distinct()],
            label => card.Labels.Length > 0 ? places.Of("labels") : table.Rows.First(r => r.Words.Contains(label)).Place));

        var key = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Version} {options} {card.Task} {string.Join('|', labels)}\n"));
        for (int i = 0; i < known.Length; i++) key.Append(splits[i]).Append(' ').Append(string.Join('|', table.Rows[i].Words)).Append(' ').Append(known[i].Digest).Append('\n');
        string folder = Path.Combine(cache, "own", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())))[..32]);
        AtomicFolder.Write(folder, temporary => Decode(temporary, card, table.Rows, splits, labels, options, progress), CacheFolder.Fix);
        List(Path.Combine(folder, ListName), table.Rows, splits);
        string facts = Path.Combine(folder, FactsName);
        var decoded = StrictJson.Read<Facts>(TextFile.Bytes(facts), facts);
        return new Prepared(Path.Combine(folder, NpzName), decoded.Md5, labels, channels, Count(splits), [.. notes, .. decoded.Told(table.Rows, options)], Groups(table, splits));
    }

    private static string[] LabelsOf(OwnDataset card, ImageTable table)
    {
        var words = table.Rows.SelectMany(r => r.Words).ToHashSet(StringComparer.Ordinal);
        string[] labels = card.Labels.Length > 0 ? card.Labels : [.. ImageTable.InNaturalOrder(words)];
        foreach (var row in table.Rows)
        {
            if (row.Words.FirstOrDefault(w => !labels.Contains(w)) is not { } unknown) continue;
            string near = labels.FirstOrDefault(l => l.Equals(unknown, StringComparison.OrdinalIgnoreCase)) is { } other ? $"; '{other}' differs in upper and lower case only" : "";
            throw new MedBenchException($"{row.Place}: the label '{unknown}' is none of the card's: {string.Join(", ", labels)}{near}", "correct it, or add it to 'labels' of the card");
        }
        if (labels.GroupBy(l => l, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new MedBenchException($"the labels {string.Join(" and ", same)} differ in upper and lower case only: {table.Rows.First(r => r.Words.Contains(same.Last())).Place}", "write the label one way everywhere");
        return labels;
    }

    private static SeenFile[] Scan(ImageTable table, string cache, IProgress<OwnProgress>? progress)
    {
        var looked = DateTime.UtcNow;
        var seen = SeenFiles.Of(cache, table.From);
        var known = table.Rows.Select(r => seen.Find(r.Path)).ToArray();
        int[] unknown = [.. Enumerable.Range(0, known.Length).Where(i => known[i] is null)];
        foreach (var (i, found) in unknown.Zip(InBlocks([.. unknown.Select(i => table.Rows[i])], "looking at the files", progress, Look))) known[i] = found;
        SeenFile[] all = [.. known.OfType<SeenFile>()];
        seen.Keep(looked, all);
        return all;
    }

    private static SeenFile Look(ImageRow row)
    {
        // Taken before the content: a change in between shows at the next look.
        var stamp = FileStamp.Of(row.Path);
        byte[] bytes = Bytes(row);
        using var picture = new PictureFile(bytes, row.Place);
        return new SeenFile(row.Path, stamp ?? new FileStamp(bytes.Length, DateTime.MaxValue), picture.IsGrey, Convert.ToHexStringLower(XxHash128.Hash(bytes)));
    }

    // Given groups, and files that are the same byte for byte; where groups share such a file, they are one.
    private static string[] Together(IReadOnlyList<ImageRow> rows, IReadOnlyList<string> digests)
    {
        string[] own = [.. rows.Select((r, i) => r.Group is { } given ? $"g {given}" : $"f {digests[i]}")];
        var sets = new DisjointSets<string>();
        foreach (var (name, digest) in own.Zip(digests)) sets.Join(name, $"f {digest}");
        // A group that shares nothing is drawn by its own name.
        var names = own.GroupBy(sets.Root).ToDictionary(g => g.Key, g => g.Max(StringComparer.Ordinal)!);
        return [.. own.Select(name => names[sets.Root(name)])];
    }

    private static (Split[], List<string>) Assign(OwnDataset card, IReadOnlyList<ImageRow> rows, IReadOnlyList<string> digests)
    {
        var notes = new List<string>();
        string[] groups = Together(rows, digests);
        int sharing = rows.Zip(groups).Where(p => p.First.Group is not null).GroupBy(p => p.Second).Select(g => g.Select(p => p.First.Group).Distinct().Count()).Where(n => n > 1).Sum();
        string shared = $"{sharing} groups have a file that is equal to one of another group: they are drawn together";
        var drawn = card.Split ?? new OwnSplit();
        var splits = rows.Select(r => r.Split ?? Split.Train).ToArray();
        bool given = rows[0].Split is not null;
        if (given)
        {
            foreach (var group in Enumerable.Range(0, rows.Count).Where(i => rows[i].Group is not null).GroupBy(i => rows[i].Group))
                if (group.FirstOrDefault(i => splits[i] != splits[group.First()], -1) is >= 0 and var other)
                    throw new MedBenchException($"{rows[other].Place}: the group '{rows[other].Group}' is in {Name(splits[other])} here and in {Name(splits[group.First()])} at {rows[group.First()].Place}",
                        "keep a group in one split, or leave out the splits: they are then drawn by group");
            if (!splits.Contains(Split.Train) || !splits.Contains(Split.Test)) throw new MedBenchException($"{rows[0].Place}: the splits have no {(splits.Contains(Split.Train) ? "test" : "training")} images", "give train and test, or leave out the splits: they are then drawn by group");
        }
        if (!given) Draw(Split.Test, drawn.Test);
        if (!splits.Contains(Split.Validation)) Draw(Split.Validation, given ? drawn.Validation : drawn.Validation / (1 - drawn.Test));
        string by = rows.Any(r => r.Group is not null) ? "group" : "image";
        if (given && splits.SequenceEqual(rows.Select(r => r.Split!.Value)))
        {
            if (card.Split is not null) notes.Add("'split' of the card has no effect: the images have their splits already");
            return (splits, notes);
        }
        if (sharing > 0) notes.Add(shared);
        if (!given) notes.Add($"split into training, validation and test at random by {by}, seed {drawn.Seed}");
        else notes.Add($"validation images drawn from the training images at random by {by}, seed {drawn.Seed}");
        return (splits, notes);

        void Draw(Split split, double share)
        {
            int[] free = [.. Enumerable.Range(0, rows.Count).Where(i => splits[i] == Split.Train)];
            var chosen = OwnSplit.Draw([.. free.Select(i => (groups[i], card.Task == DatasetTask.MultiLabel ? "" : rows[i].Words[0]))], share, drawn.Seed);
            foreach (int i in free) if (chosen.Contains(groups[i])) splits[i] = split;
            if (!splits.Contains(split) || !splits.Contains(Split.Train))
                throw new MedBenchException($"{rows[0].Place}: of {free.Length} images in {free.Select(i => groups[i]).Distinct().Count()} groups none is left for {(splits.Contains(split) ? "training" : Name(split))}{(sharing > 0 ? $"; {shared}" : "")}", "give more images or groups, other shares in 'split', or a column 'split'");
            int taken = splits.Count(s => s == split);
            if (taken > MuchMore * share * free.Length) notes.Add($"{taken} {Name(split)} images drawn where about {Math.Round(share * free.Length)} were asked for: groups stay whole, and a class of three groups or more has one there");
        }
    }

    // Not from the list beside the decoded images: that is kept while nothing but a group changes.
    private static GroupTable? Groups(ImageTable table, Split[] splits) => table.Columns.Count == 0 && table.Rows.All(r => r.Group is null) ? null
        : new GroupTable(table.From, table.Columns, Enum.GetValues<Split>().ToDictionary(
            split => split, split => (IReadOnlyList<GroupRow>)[.. table.Rows.Where((_, i) => splits[i] == split).Select(r => new GroupRow(r.Group ?? r.Path, r.Values))]));

    /// <summary>A note for each split that has no image of a class.</summary>
    /// <param name="task">What the labels mean.</param>
    /// <param name="labels">All of them.</param>
    /// <param name="present">Those of a split.</param>
    /// <param name="placeOf">Where a label is named, for errors.</param>
    /// <exception cref="MedBenchException">It is the training split, and the task is to choose one class.</exception>
    internal static IEnumerable<string> Absent(DatasetTask task, IReadOnlyList<string> labels, Func<Split, IReadOnlyCollection<string>> present, Func<string, string> placeOf)
    {
        foreach (var split in Enum.GetValues<Split>())
        {
            if (labels.Except(present(split)).FirstOrDefault() is not { } absent) continue;
            if (split == Split.Train && task != DatasetTask.MultiLabel) throw new MedBenchException($"{placeOf(absent)}: no training image has the label '{absent}'", "give it training images, or take it out");
            yield return $"no {Name(split)} image has the label '{absent}': no AUC of it";
        }
    }

    private static void Decode(string folder, OwnDataset card, IReadOnlyList<ImageRow> rows, Split[] splits, string[] labels, PictureOptions options, IProgress<OwnProgress>? progress)
    {
        var traits = new Dictionary<PictureTraits, (int Count, int First)>();
        string npz = Path.Combine(folder, NpzName);
        using (var stream = new FileStream(npz, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
        {
            using var writer = new NpzWriter(stream);
            foreach (var (split, prefix) in ImageDataset.Prefixes)
            {
                int[] positions = [.. Enumerable.Range(0, rows.Count).Where(i => splits[i] == split)];
                ImageRow[] chosen = [.. positions.Select(i => rows[i])];
                int[] shape = options.Channels == 1 ? [chosen.Length, options.Size, options.Size] : [chosen.Length, options.Size, options.Size, options.Channels];
                writer.Add($"{prefix}_images", "|u1", shape, to =>
                {
                    int at = 0;
                    foreach (var (pixels, seen) in InBlocks(chosen, $"decoding {Name(split)} images", progress, row => Pixels(row, options)))
                    {
                        to.Write(pixels);
                        foreach (var trait in Enum.GetValues<PictureTraits>().Where(t => t != PictureTraits.None && seen.HasFlag(t)))
                            traits[trait] = traits.TryGetValue(trait, out var before) ? (before.Count + 1, before.First) : (1, positions[at]);
                        at++;
                    }
                });
                byte[] label = card.Task == DatasetTask.MultiLabel
                    ? [.. chosen.SelectMany(r => labels.Select(l => r.Words.Contains(l) ? (byte)1 : (byte)0))]
                    : [.. chosen.Select(r => (byte)Array.IndexOf(labels, r.Words[0]))];
                writer.Add($"{prefix}_labels", "|u1", [chosen.Length, label.Length / chosen.Length], to => to.Write(label));
            }
        }
        AtomicFile.WriteText(Path.Combine(folder, FactsName), StrictJson.Write(new Facts(Md5.OfFile(npz), [.. traits.OrderBy(t => t.Key).Select(t => new SeenTrait(t.Key, t.Value.Count, t.Value.First))])));
    }

    // Which row is which file. The same images may have other paths and groups than those that were decoded.
    private static void List(string path, IReadOnlyList<ImageRow> rows, Split[] splits)
    {
        var list = new StringBuilder("split,index,label,group,path\n");
        foreach (var (split, prefix) in ImageDataset.Prefixes)
            foreach (var (i, row) in rows.Where((_, i) => splits[i] == split).Index())
                list.Append(CultureInfo.InvariantCulture, $"{prefix},{i},{CsvTable.Field(string.Join('|', row.Words))},{CsvTable.Field(row.Group ?? "")},{CsvTable.Field(row.Path)}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(list.ToString());
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) AtomicFile.Write(path, stream => stream.Write(bytes), CacheFolder.Fix);
    }

    private static (byte[] Pixels, PictureTraits Traits) Pixels(ImageRow row, PictureOptions options)
    {
        using var picture = new PictureFile(Bytes(row), row.Place);
        return (picture.Read(options, out var traits), traits);
    }

    private static string Told(PictureTraits trait, PictureOptions options) => trait switch
    {
        PictureTraits.Turned => "turned as EXIF says",
        PictureTraits.Transparent => "transparent pixels laid on black",
        PictureTraits.ColoursLost => "colours made grey (ITU-R 601)",
        PictureTraits.Deep => "16-bit greys scaled from 0 to 65535 (say 'window: [low, high]' if they use less)",
        PictureTraits.Unwindowed => "no 16-bit greys, so that 'window' has no effect",
        PictureTraits.Reshaped => $"not square, made so by '{options.Square?.ToString().ToLowerInvariant()}'",
        _ => $"smaller than {options.Size} px, enlarged",
    };

    // In order, a block at a time on all cores; the first fault by order is the one that is told, with the number of others in its block.
    private static IEnumerable<T> InBlocks<T>(IReadOnlyList<ImageRow> rows, string what, IProgress<OwnProgress>? progress, Func<ImageRow, T> work)
    {
        for (int start = 0; start < rows.Count; start += Block)
        {
            progress?.Report(new OwnProgress(what, start, rows.Count));
            var (results, faults) = (new T[Math.Min(Block, rows.Count - start)], new MedBenchException?[Math.Min(Block, rows.Count - start)]);
            int from = start;
            Parallel.For(0, results.Length, i =>
            {
                try
                {
                    results[i] = work(rows[from + i]);
                }
                catch (MedBenchException e)
                {
                    faults[i] = e;
                }
            });
            if (faults.OfType<MedBenchException>().ToList() is [var first, .. var others])
                throw others.Count == 0 ? first : new MedBenchException($"{first.Message} (and {others.Count} more of the next {results.Length} cannot be read)", first.Fix, first);
            foreach (var result in results) yield return result;
        }
    }

    private static byte[] Bytes(ImageRow row)
    {
        try
        {
            return File.ReadAllBytes(row.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"{row.Place}: cannot be read: {e.Message}", "check that you may read it", e);
        }
    }

    private static SplitCounts Count(Split[] splits) => new(splits.Count(s => s == Split.Train), splits.Count(s => s == Split.Validation), splits.Count(s => s == Split.Test));

    private static string Name(Split split) => split == Split.Train ? "training" : split == Split.Validation ? "validation" : "test";

    private sealed record Facts(string Md5, IReadOnlyList<SeenTrait> Traits)
    {
        public IEnumerable<string> Told(IReadOnlyList<ImageRow> rows, PictureOptions options) =>
            Traits.Select(t => $"{OwnImages.Told(t.Trait, options)}: {t.Count} of {rows.Count} images, {Path.GetFileName(rows[t.First].Path)} the first");
    }

    // First: by the order of the table.
    private sealed record SeenTrait(PictureTraits Trait, int Count, int First);
}

/// <summary>How far the reading of image files is.</summary>
/// <param name="Name">What is being done.</param>
/// <param name="Done">Files done.</param>
/// <param name="Total">Files in all.</param>
public sealed record OwnProgress(string Name, int Done, int Total);

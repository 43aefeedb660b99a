using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Npz;
using MedBench.Data.Randomness;

namespace MedBench.Data.Datasets;

/// <summary>
/// Generated images in MedMNIST's file layout for demos and tests: no evidence for any claim. The label of an image is its shape (disc or square of about the same area) times
/// its texture (stripes or checks of the same mean brightness), so that neither colour nor one of the two alone tells it. Integer arithmetic only: the same pixels everywhere.
/// </summary>
public static class SyntheticDataset
{
    // Lengths are in 1/1024 of the image side.
    private const int Unit = 1024, Noise = 48;

    /// <summary>Opens the generated dataset, writing it into the cache first where it is not there yet.</summary>
    /// <param name="size">Image side in pixels, at least 16.</param>
    /// <param name="seed">Seed of the images.</param>
    /// <param name="counts">Images per split; null for the card's.</param>
    /// <param name="cache">Cache folder; null for <see cref="CacheFolder.Resolve"/>.</param>
    public static ImageDataset Open(int size, int seed = 0, SplitCounts? counts = null, string? cache = null)
    {
        var card = DatasetCatalog.Synthetic;
        counts ??= card.Splits;
        cache ??= CacheFolder.Resolve();
        string path = Path.Combine(cache, "synthetic", $"synthetic_{size}_seed{seed}_{counts.Train}-{counts.Validation}-{counts.Test}.npz");
        if (!File.Exists(path))
            Write(path, size, seed, counts);
        return ImageDataset.OpenFile(path, card, cache);
    }

    /// <summary>Writes the dataset to a .npz file; the same arguments give the same bytes.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="size">Image side in pixels, at least 16.</param>
    /// <param name="seed">Seed of the images.</param>
    /// <param name="counts">Images per split, each at least 1.</param>
    /// <exception cref="MedBenchException">The arguments are out of range, or the file cannot be written.</exception>
    public static void Write(string path, int size, int seed, SplitCounts counts)
    {
        if (!Limits.SyntheticPixels.Holds(size) || Math.Min(counts.Train, Math.Min(counts.Validation, counts.Test)) < 1)
            throw new MedBenchException($"a synthetic dataset of {counts.Train} + {counts.Validation} + {counts.Test} images of {size} px", $"choose at least 1 image per split, and a size {Limits.SyntheticPixels} px: {Limits.SyntheticPixels.Why}");
        AtomicFile.Write(path, stream =>
        {
            using var npz = new NpzWriter(stream);
            foreach (var (split, prefix) in ImageDataset.Prefixes)
            {
                int count = counts[split];
                npz.Add($"{prefix}_images", "|u1", [count, size, size, DatasetCatalog.Synthetic.Channels], target => WriteImages(target, size, seed, split, count));
                npz.Add($"{prefix}_labels", "|u1", [count, 1], target =>
                {
                    for (int i = 0; i < count; i++)
                        target.WriteByte((byte)Label(Generator(seed, split, i), out _));
                });
            }
        });
    }

    private static void WriteImages(Stream target, int size, int seed, Split split, int count)
    {
        var image = new byte[size * size * DatasetCatalog.Synthetic.Channels];
        for (int i = 0; i < count; i++)
        {
            Draw(Generator(seed, split, i), size, image);
            target.Write(image);
        }
    }

    private static SplitMix64 Generator(int seed, Split split, int index) => SplitMix64.From(seed, (int)split, index);

    // The first draw of an image's generator; the card's labels in order: striped disc, checked disc, striped square, checked square.
    private static int Label(SplitMix64 random, out SplitMix64 rest)
    {
        int label = random.Next(DatasetCatalog.Synthetic.Labels.Count);
        rest = random;
        return label;
    }

    private static void Draw(SplitMix64 generator, int size, Span<byte> image)
    {
        int label = Label(generator, out var random);
        bool square = label >= 2, checks = (label & 1) == 1, slanted = random.Next(2) == 1;
        int radius = 270 + random.Next(90), halfPeriod = 74 + random.Next(30), phase = random.Next(2 * halfPeriod);
        int centreX = Unit / 2 + random.Next(201) - 100, centreY = Unit / 2 + random.Next(201) - 100;
        int side = radius * 886 / 1000; // Half the side of the square with the disc's area.
        Span<int> back = stackalloc int[3], dark = stackalloc int[3], light = stackalloc int[3];
        for (int c = 0; c < 3; c++)
        {
            back[c] = 90 + random.Next(80);
            dark[c] = 30 + random.Next(70);
            light[c] = 156 + random.Next(70);
        }
        int at = 0;
        for (int row = 0; row < size; row++)
            for (int column = 0; column < size; column++)
            {
                int x = (2 * column + 1) * Unit / (2 * size) - centreX, y = (2 * row + 1) * Unit / (2 * size) - centreY;
                bool inside = square ? Math.Max(Math.Abs(x), Math.Abs(y)) <= side : x * x + y * y <= radius * radius;
                // A slanted texture is turned by 45 degrees (5/7 is about 1 / sqrt 2).
                int u = slanted ? (x + y) * 5 / 7 : x, v = slanted ? (x - y) * 5 / 7 : y;
                int cell = Cell(u + phase, halfPeriod) + (checks ? Cell(v + phase, halfPeriod) : 0);
                var colour = !inside ? back : (cell & 1) == 0 ? dark : light;
                for (int c = 0; c < 3; c++)
                    image[at++] = (byte)Math.Clamp(colour[c] + random.Next(Noise + 1) - Noise / 2, 0, 255);
            }
    }

    private static int Cell(int position, int length) => (position + 16 * Unit) / length;
}

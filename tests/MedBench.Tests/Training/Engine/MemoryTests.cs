using System.Globalization;
using MedBench.Core.Files;
using MedBench.Data.Datasets;
using MedBench.Data.Npz;
using MedBench.Data.Preprocessing;
using MedBench.Training.Batches;
using MedBench.Training.Engine;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace MedBench.Tests.Training.Engine;

/// <summary>
/// Training takes a fixed amount of memory, whatever the size of the dataset: of 16 GB, less than 2 GB beside the model. Here in small,
/// where the pages of the mapped file that may be in the process are counted apart; <c>MEDBENCH_TEST_DATASET_GB=16</c> does it in full
/// (needs twice that on disk).
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class MemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Size = 224, ImageBytes = Size * Size * 3, BatchSize = 64;
    private readonly TestFolder _folder = new();

    [SkippableFact]
    public void Training_FromALargeDataset_StaysWithinAnEighthOfItsSize()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc/self/status; run it on Linux");
        double gigabytes = double.Parse(Environment.GetEnvironmentVariable("MEDBENCH_TEST_DATASET_GB") ?? "0.25", CultureInfo.InvariantCulture);
        int images = (int)(gigabytes * 1e9 / ImageBytes);
        using var model = new TinyModel(4);
        using var run = new TinyRun();
        // Compiled code and libtorch's own buffers.
        run.Train();
        var (anonymousBefore, residentBefore) = (Status("RssAnon"), Status("VmRSS"));
        using var dataset = Open(images);

        var input = new InputPipelineOptions(32, ResizeMode.Scale, PillowFilter.Bilinear, [0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
        var objective = new Objective(dataset.Card, 1);
        LabelledBatches Split(Split split) => new(new ImageBatches(dataset[split], input, objective.Labels(dataset[split]), CPU), Objective.LabelBytes(dataset[split]));
        var (anonymous, resident, steps) = (0L, 0L, 0);
        model.Step = _ =>
        {
            if (steps++ % 16 == 0) (anonymous, resident) = (Math.Max(anonymous, Status("RssAnon")), Math.Max(resident, Status("VmRSS")));
        };
        using var data = new TrainingData(Split(MedBench.Data.Datasets.Split.Train), Split(MedBench.Data.Datasets.Split.Validation), Split(MedBench.Data.Datasets.Split.Test));
        var plan = run.Plan() with { BatchSize = BatchSize, IterationsPerEpoch = (images + BatchSize - 1) / BatchSize, Epochs = 1 };
        using var trainer = new Trainer(new ModelLearner(model, run.Method), objective, plan, data);
        Assert.Equal(plan.IterationsPerEpoch, trainer.Run().Iterations);

        long budget = (long)(gigabytes * 1e9) / 8, mapped = Math.Max(0, MappedFile.DefaultResidentLimit - budget);
        string figures = $"{images} images, {gigabytes} GB: anonymous memory {anonymousBefore >> 20} MiB before, at most {anonymous >> 20} MiB while training; "
            + $"resident {residentBefore >> 20} and {resident >> 20} MiB; budget {budget >> 20} MiB";
        output.WriteLine(figures);
        Assert.True(steps > 20 && anonymous - anonymousBefore < budget && resident - residentBefore < budget + mapped, figures);
    }

    public void Dispose() => _folder.Dispose();

    private static long Status(string name) =>
        long.Parse(File.ReadLines("/proc/self/status").Single(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;

    // Stored, not deflated; image i is a shade of its own with a diagonal of its label's.
    private ImageDataset Open(int images)
    {
        string path = _folder.File("large.npz");
        using (var stream = File.Create(path))
        using (var npz = new NpzWriter(stream))
            foreach (var (prefix, count) in ((string, int)[])[("train", images), ("val", 64), ("test", 64)])
            {
                npz.Add($"{prefix}_images", "|u1", [count, Size, Size, 3], target =>
                {
                    var image = new byte[ImageBytes];
                    for (int i = 0; i < count; i++)
                    {
                        Array.Fill(image, (byte)(i * 37));
                        for (int p = 0; p < ImageBytes; p += 3 * (Size + 1)) image[p] = (byte)(i % 4 * 80);
                        target.Write(image);
                    }
                });
                npz.Add($"{prefix}_labels", "|u1", [count, 1], target => target.Write([.. Enumerable.Range(0, count).Select(i => (byte)(i % 4))]));
            }
        return ImageDataset.OpenFile(path, DatasetCatalog.Synthetic, _folder.Path);
    }
}

using System.Diagnostics;
using System.Text.Json;
using MedBench.Data.Errors;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>Keeps a run in progress in one safetensors file that is replaced whole: its tensors, and its <see cref="TrainerState"/> as JSON in a byte tensor.</summary>
internal sealed class Checkpointer(string path, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
{
    private const string StateName = "trainer_state";

    // Killing a run loses at most this much work.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(60);
    private readonly Stopwatch _sinceSave = Stopwatch.StartNew();

    public bool IsDue => _sinceSave.Elapsed > s_interval;

    public void Save(TrainerState state)
    {
        using var json = tensor(JsonSerializer.SerializeToUtf8Bytes(state));
        SafetensorsWriter.Write(path, [.. tensors, (StateName, json)]);
        _sinceSave.Restart();
    }

    /// <summary>Restores all tensors and returns the state, or null if there is no checkpoint.</summary>
    public TrainerState? TryLoad()
    {
        if (!File.Exists(path)) return null;
        using var checkpoint = Checkpoint.Open(path);
        var stored = checkpoint.Entries.ToDictionary(e => e.Name);
        foreach (var (name, tensor) in tensors)
        {
            if (!stored.TryGetValue(name, out var entry) || !entry.Shape.SequenceEqual(tensor.shape))
                throw new MedBenchException($"{path}: '{name}' is missing or of another shape: the checkpoint is of another run", "delete it to start over");
        }
        using var _ = no_grad();
        foreach (var (name, tensor) in tensors) checkpoint.Read(name, tensor);
        var bytes = new byte[stored[StateName].Shape[0]];
        checkpoint.Read(StateName, bytes);
        return JsonSerializer.Deserialize<TrainerState>(bytes);
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Models.Weights;
using MedBench.Models.Weights.Bytes;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>Keeps a run in progress in one safetensors file that is replaced whole: its tensors, and its <see cref="TrainerState"/> as JSON in a byte tensor.</summary>
/// <remarks>A file that cannot be used is an error and not a new start, which would throw away hours of training unasked.</remarks>
internal sealed class Checkpointer(string path, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
{
    private const string StateName = "trainer_state";
    private static readonly JsonSerializerOptions s_json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly TimeSpan _interval = CheckpointInterval.FromEnvironment();
    private readonly Stopwatch _sinceSave = Stopwatch.StartNew();

    public string Path => path;

    public bool IsDue => _sinceSave.Elapsed > _interval;

    public void Save(TrainerState state)
    {
        using var json = tensor(JsonSerializer.SerializeToUtf8Bytes(state, s_json));
        SafetensorsWriter.Write(path, [.. tensors, (StateName, json)]);
        _sinceSave.Restart();
    }

    /// <summary>Restores all tensors and returns the state, or null if there is no checkpoint.</summary>
    /// <param name="plan">The <see cref="TrainerState.Plan"/> that the checkpoint must have.</param>
    /// <exception cref="MedBenchException">The file is damaged or of another run; no tensor was changed.</exception>
    public TrainerState? TryLoad(string plan)
    {
        if (!File.Exists(path)) return null;
        using var checkpoint = Open();
        var stored = checkpoint.Entries.ToDictionary(e => e.Name);
        var state = ReadState(checkpoint, stored.GetValueOrDefault(StateName));
        if (state.Plan != plan) throw Unusable("is of a run with another recipe, seed or number of images");
        foreach (var (name, tensor) in tensors)
            if (!stored.TryGetValue(name, out var entry) || !entry.Shape.SequenceEqual(tensor.shape)) throw Unusable($"is of another model: '{name}' is missing or of another shape");
        foreach (var (name, tensor) in tensors) checkpoint.Read(name, tensor);
        return state;
    }

    private ICheckpoint Open()
    {
        try
        {
            return Checkpoint.Open(path);
        }
        catch (MedBenchException e)
        {
            throw Unusable("is damaged", e);
        }
    }

    private TrainerState ReadState(ICheckpoint checkpoint, TensorEntry? entry)
    {
        if (entry is null) throw Unusable("holds no training run");
        var bytes = new byte[entry.Shape[0]];
        checkpoint.Read(StateName, bytes);
        try
        {
            return JsonSerializer.Deserialize<TrainerState>(bytes, s_json)!;
        }
        catch (JsonException e)
        {
            throw Unusable("is damaged", e);
        }
    }

    private MedBenchException Unusable(string reason, Exception? cause = null) =>
        new($"checkpoint {path} {reason}{(cause is null ? "" : $": {cause.Message}")}", "move it away to start the run over", cause);
}

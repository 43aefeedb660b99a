using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Formats;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace MedBench.Models.Onnx;

/// <summary>An ONNX file in ONNX Runtime, on the CPU: images in, one of its outputs out, both float32 tensors of libtorch.</summary>
internal sealed class OnnxGraph : IDisposable
{
    private const string Convert = "export it in float32: model.float() before torch.onnx.export";

    private readonly string _file;
    private readonly OnnxOptions _options;
    private readonly InferenceSession _session;
    private readonly string _input, _output;
    private readonly ScalarType _type;

    // Images that a graph of a fixed batch takes at once; null where it takes any number.
    private readonly int? _batch;

    /// <summary>Opens a file, and checks its form against what is said of it; nothing is run yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="size">Height and width of the images in pixels.</param>
    /// <exception cref="MedBenchException">Files are missing or of another digest, ONNX Runtime cannot take the graph, or it has another form.</exception>
    public OnnxGraph(string file, OnnxOptions options, int size)
    {
        (_file, _options) = (file, options);
        CheckFiles();
        using var settings = new SessionOptions { IntraOpNumThreads = get_num_threads(), LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        _session = Guard(() => new InferenceSession(file, settings), "open the graph");
        try
        {
            (_input, _batch, _type) = Input(size);
            _output = Chosen("output", options.Output, [.. _session.OutputMetadata.Keys]);
            if (TypeOf(_session.OutputMetadata[_output]) is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.Float64))
                throw Error($"output '{_output}' is of type {Name(_session.OutputMetadata[_output])}; float32, float16 and float64 are read", Convert);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Name of the output that is read.</summary>
    public string Output => _output;

    /// <summary>The output, float32 on the CPU, for images <paramref name="x"/> (N, 3, H, W).</summary>
    /// <exception cref="MedBenchException">ONNX Runtime fails, or the output is not of one row for each image.</exception>
    public Tensor Run(Tensor x)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var images = x.detach().cpu().to(ScalarType.Float32);
        if (_options.Layout == InputLayout.Nhwc) images = images.permute(0, 2, 3, 1);
        using Scalar least = byte.MinValue, most = byte.MaxValue; // Held: TorchSharp does not keep one alive during a call.
        if (_type == ScalarType.Byte) images = images.round().clamp(least, most);
        images = images.to(_type).contiguous();
        return scope.MoveToOuter(_batch is { } batch ? cat([.. images.split(batch).Select(part => Padded(part, batch))]) : RunOnce(images));
    }

    public void Dispose() => _session.Dispose();

    public MedBenchException Error(string message, string fix) => new($"{_file}: {message}", fix);

    // The last part of a split is filled up with its own first image.
    private Tensor Padded(Tensor part, int batch)
    {
        long missing = batch - part.shape[0];
        if (missing == 0) return RunOnce(part);
        long[] shape = [missing, .. part.shape[1..]];
        return RunOnce(cat([part, part.narrow(0, 0, 1).expand(shape)])).narrow(0, 0, part.shape[0]);
    }

    private Tensor RunOnce(Tensor images)
    {
        using var run = new RunOptions();
        using var input = Guard(() => Value(images), "take the images");
        using var outputs = Guard(() => _session.Run(run, [_input], [input], [_output]), $"run {images.shape[0]} image(s) of {string.Join(" × ", images.shape[1..])}");
        var info = outputs[0].GetTensorTypeAndShape();
        if (info.Shape.Length == 0 || info.Shape[0] != images.shape[0])
            throw Error($"output '{_output}' is [{string.Join(", ", info.Shape)}] for {images.shape[0]} image(s): it has not one row for each", "name an output of the encoder's features, or export it with a batch of 1 or a free one");
        using var result = empty(info.Shape, TypeOf(info.ElementDataType)!.Value);
        outputs[0].GetTensorMutableRawData().CopyTo(result.bytes);
        return result.to(ScalarType.Float32, copy: true);
    }

    // A copy: libtorch may free the images' memory while ONNX Runtime holds on to it.
    private static OrtValue Value(Tensor images)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, ElementOf(images.dtype), images.shape);
        images.bytes.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    private (string Name, int? Batch, ScalarType Type) Input(int size)
    {
        string name = Chosen("input", _options.Input, [.. _session.InputMetadata.Keys]);
        if (_session.InputMetadata.Keys.Where(k => k != name).ToList() is { Count: > 0 } others)
            throw Error($"needs {string.Join(" and ", others.Select(o => $"'{o}'"))} beside the images '{name}'", "export the image encoder alone");
        var input = _session.InputMetadata[name];
        if (TypeOf(input) is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.Byte) || TypeOf(input) is not { } type)
            throw Error($"input '{name}' is of type {Name(input)}; float32, float16 and uint8 are given", Convert);
        int[] shape = input.Dimensions;
        bool last = _options.Layout == InputLayout.Nhwc;
        string text = $"[{string.Join(", ", shape.Select((d, i) => d >= 0 ? $"{d}" : input.SymbolicDimensions[i] is { Length: > 0 } symbol ? symbol : "?"))}]";
        if (shape.Length != 4) throw Error($"input '{name}' is {text}: not a batch of images", "name the input of the images, or export the image encoder alone");
        if (shape[last ? 3 : 1] is not (3 or < 0))
            throw Error($"input '{name}' is {text}: with layout {(last ? "nhwc" : "nchw")}, {shape[last ? 3 : 1]} channels, and 3 are given", shape[last ? 1 : 3] == 3 ? $"write layout: {(last ? "nchw" : "nhwc")}" : "export an encoder of three channels");
        if (shape.Skip(last ? 1 : 2).Take(2).Any(side => side >= 0 && side != size))
            throw Error($"input '{name}' is {text}, and the card says size {size}", $"write size: {shape[2]}, or export the graph with that size");
        return (name, shape[0] < 0 ? null : Math.Max(1, shape[0]), type);
    }

    private string Chosen(string what, string? asked, string[] names)
    {
        string list = string.Join(", ", names.Select(n => $"'{n}'"));
        if (asked is null) return names.Length == 1 ? names[0] : throw Error($"has {names.Length} {what}s: {list}", $"name one of them in the card, under {what}: name:");
        return names.Contains(asked) ? asked : throw Error($"has no {what} '{asked}'; it has {list}", $"correct the card's {what}: name:");
    }

    // What lies beside the graph is part of it: each file is named by the card with its digest, and lies in the graph's folder.
    private void CheckFiles()
    {
        using var bytes = new CheckpointBytes(_file);
        if (bytes.Length > int.MaxValue) throw Error($"has {bytes.Length} bytes, and a protobuf of over 2 GB cannot be read", "keep the weights in a file beside it: torch.onnx.export(..., external_data=True)");
        if (!OnnxFormat.Begins(bytes.Slice(0, Math.Min(bytes.Length, 64)))) throw Error("is no ONNX model", "give the .onnx file that the exporter wrote");
        string folder = Path.GetDirectoryName(Path.GetFullPath(_file))!;
        string[] used = [.. OnnxFormat.ExternalFiles(bytes)];
        foreach (string name in used)
        {
            if (Path.IsPathRooted(name) || name.Split('/', '\\').Contains("..")) throw Error($"keeps weights in '{name}', outside of its folder", "export it again into one folder");
            string path = Path.Combine(folder, name);
            if (!File.Exists(path)) throw Error($"keeps weights in '{name}', and there is no such file beside it", $"put it at {path}, or export with the weights inside: torch.onnx.export(..., external_data=False)");
            string found = Sha256.OfFile(path);
            if (!_options.Data.TryGetValue(name, out string? digest)) throw Error($"keeps weights in '{name}', which the card does not name", $"add to the card:\n  data: {{ {name}: {found} }}");
            if (digest != found) throw new MedBenchException($"{path} has {Checksum.Sha256(digest).Contrast(found)}", "it is damaged, or of another export: correct the card's data");
        }
        if (_options.Data.Keys.Except(used).FirstOrDefault() is { } unused) throw Error($"keeps no weights in '{unused}'", "take it out of the card's data");
    }

    private T Guard<T>(Func<T> work, string what)
    {
        try
        {
            return work();
        }
        catch (OnnxRuntimeException e)
        {
            string text = e.Message.ReplaceLineEndings(" ");
            throw new MedBenchException($"{_file}: ONNX Runtime {Version} cannot {what}: {text}", FixFor(text), e);
        }
    }

    /// <summary>Version of ONNX Runtime.</summary>
    public static string Version { get; } = OrtEnv.Instance().GetVersionString();

    private static string FixFor(string message) =>
        message.Contains("IR version", StringComparison.OrdinalIgnoreCase) || message.Contains("opset", StringComparison.OrdinalIgnoreCase)
            ? "the file is newer than the runtime: export it for an older operator set, such as torch.onnx.export(..., opset_version=18)"
            : "try it in Python with onnxruntime and onnx.checker, and export it again";

    private static string Name(NodeMetadata node) => node.IsTensor ? $"{node.ElementDataType}".ToLowerInvariant() : node.OnnxValueType.ToString();

    private static ScalarType? TypeOf(NodeMetadata node) => node.IsTensor ? TypeOf(node.ElementDataType) : null;

    private static ScalarType? TypeOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => ScalarType.Float32,
        TensorElementType.Float16 => ScalarType.Float16,
        TensorElementType.Double => ScalarType.Float64,
        TensorElementType.UInt8 => ScalarType.Byte,
        _ => null,
    };

    private static TensorElementType ElementOf(ScalarType type) => type switch
    {
        ScalarType.Float16 => TensorElementType.Float16,
        ScalarType.Byte => TensorElementType.UInt8,
        _ => TensorElementType.Float,
    };
}

using System.Collections.ObjectModel;
using MedBench.Core.Errors;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Formats;

namespace MedBench.Models.Weights;

/// <summary>Opens checkpoint files: safetensors, both of PyTorch's formats and ONNX, told apart by content, whatever the file is called.</summary>
public static class Checkpoint
{
    /// <summary>
    /// Maps <paramref name="path"/> into memory and checks its structure whole; no tensor is read and no code in it is run.
    /// </summary>
    /// <exception cref="MedBenchException">The file is missing, damaged, of another format, or holds something that no state dict needs.</exception>
    /// <param name="path">The file.</param>
    /// <param name="part">Of a PyTorch file that holds several state dicts, the one to read; null for the one that timm's loader takes, averaged weights before raw ones.</param>
    public static ICheckpoint Open(string path, string? part = null)
    {
        var file = new CheckpointBytes(path);
        try
        {
            return Parse(file, part);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static MappedCheckpoint Parse(CheckpointBytes file, string? part)
    {
        MappedCheckpoint Plain(IReadOnlyList<MappedTensor> tensors, IReadOnlyDictionary<string, string> notes) => part is null ? new(file, tensors) { Notes = notes } : throw file.Error($"has no parts, and '{part}' was asked for", "leave the part out");
        MappedCheckpoint Found((IReadOnlyList<MappedTensor> Tensors, Pickles.FoundStateDict Found) pth) => new(file, pth.Tensors) { Part = pth.Found.Part, LeftParts = pth.Found.Left };
        var head = file.Slice(0, Math.Min(file.Length, 64));
        if (head.StartsWith(ZipDirectory.Magic)) return Found(PthZipFormat.Parse(file, part));
        // A header length of 640 bytes looks like the start of a pickle, so safetensors goes first.
        // So does an ONNX model whose ninth byte is a brace, but the top byte of a header's length is 0.
        if (head.Length > 8 && head[8] == '{' && (head[7] == 0 || !OnnxFormat.Begins(head)))
        {
            var (tensors, notes) = SafetensorsFormat.Parse(file);
            return Plain(tensors, notes);
        }
        if (OnnxFormat.Begins(head)) return Plain(OnnxFormat.Parse(file), ReadOnlyDictionary<string, string>.Empty);
        if (head[0] == 0x80) return Found(PthLegacyFormat.Parse(file, part));
        if (head.StartsWith("version https://git-lfs"u8)) throw file.Error("is a Git LFS pointer, not the file itself", "run 'git lfs pull', or download the file");
        if (head.TrimStart(" \t\r\n"u8).StartsWith("<"u8)) throw file.Error("is a web page, probably an error message", "download the file itself");
        throw file.Error("is neither safetensors, a PyTorch checkpoint nor an ONNX model");
    }
}

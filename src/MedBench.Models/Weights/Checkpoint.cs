using MedBench.Core.Errors;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Formats;

namespace MedBench.Models.Weights;

/// <summary>Opens checkpoint files: safetensors and both of PyTorch's formats, told apart by content, whatever the file is called.</summary>
public static class Checkpoint
{
    /// <summary>
    /// Maps <paramref name="path"/> into memory and checks its structure whole; no tensor is read and no code in it is run.
    /// </summary>
    /// <exception cref="MedBenchException">The file is missing, damaged, of another format, or holds something that no state dict needs.</exception>
    public static ICheckpoint Open(string path)
    {
        var file = new CheckpointBytes(path);
        try
        {
            return new MappedCheckpoint(file, Parse(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static IReadOnlyList<MappedTensor> Parse(CheckpointBytes file)
    {
        var head = file.Slice(0, Math.Min(file.Length, 64));
        if (head.StartsWith(ZipDirectory.Magic)) return PthZipFormat.Parse(file);
        // A header length of 640 bytes looks like the start of a pickle, so safetensors goes first.
        if (head.Length > 8 && head[8] == '{') return SafetensorsFormat.Parse(file);
        if (head[0] == 0x80) return PthLegacyFormat.Parse(file);
        if (head.StartsWith("version https://git-lfs"u8)) throw file.Error("is a Git LFS pointer, not the file itself", "run 'git lfs pull', or download the file");
        if (head.TrimStart(" \t\r\n"u8).StartsWith("<"u8)) throw file.Error("is a web page, probably an error message", "download the file itself");
        throw file.Error("is neither safetensors nor a PyTorch checkpoint");
    }
}

using System.Security.Cryptography;
using MedBench.Data.Errors;

namespace MedBench.Data.Files;

/// <summary>MD5, the checksum that MedMNIST publishes.</summary>
public static class Md5
{
    /// <summary>The checksum of a whole file, read in pieces: 32 lower-case hexadecimal digits.</summary>
    /// <exception cref="MedBenchException">The file cannot be read.</exception>
    public static string OfFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(MD5.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot read {path}: {e.Message}", "check that the file exists and that you may read it", e);
        }
    }
}

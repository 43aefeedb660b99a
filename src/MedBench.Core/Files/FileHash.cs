using System.Security.Cryptography;
using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>Checksums of files of any size.</summary>
internal static class FileHash
{
    /// <summary>The checksum of a whole file, read in pieces, in lower-case hexadecimal digits.</summary>
    /// <exception cref="MedBenchException">The file cannot be read.</exception>
    public static string Of(string path, HashAlgorithmName algorithm)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(CryptographicOperations.HashData(algorithm, stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot read {path}: {e.Message}", "check that the file exists and that you may read it", e);
        }
    }
}

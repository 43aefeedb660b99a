using System.Security.Cryptography;

namespace MedBench.Models.Weights;

/// <summary>Digests of files of any size.</summary>
internal static class FileDigest
{
    /// <summary>The sha256 in lower-case hex.</summary>
    public static string Sha256(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

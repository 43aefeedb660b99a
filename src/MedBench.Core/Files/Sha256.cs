using System.Security.Cryptography;
using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>SHA-256, the checksum of model weights.</summary>
public static class Sha256
{
    /// <summary>The checksum of a whole file, read in pieces: 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="MedBenchException">The file cannot be read.</exception>
    public static string OfFile(string path) => FileHash.Of(path, HashAlgorithmName.SHA256);
}

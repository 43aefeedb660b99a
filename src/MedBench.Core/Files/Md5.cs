using System.Security.Cryptography;
using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>MD5, the checksum that MedMNIST publishes.</summary>
public static class Md5
{
    /// <summary>The checksum of a whole file, read in pieces: 32 lower-case hexadecimal digits.</summary>
    /// <exception cref="MedBenchException">The file cannot be read.</exception>
    public static string OfFile(string path) => FileHash.Of(path, HashAlgorithmName.MD5);
}

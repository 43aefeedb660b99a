using System.Security.Cryptography;
using MedBench.Core.Errors;

namespace MedBench.Core.Files;

/// <summary>What a whole file must hash to.</summary>
/// <param name="Algorithm">MD5 or SHA-256.</param>
/// <param name="Digits">The checksum in lower-case hexadecimal digits, or its first ones.</param>
public sealed record Checksum(HashAlgorithmName Algorithm, string Digits)
{
    /// <summary>An MD5 of 32 digits.</summary>
    public static Checksum Md5(string digits) => new(HashAlgorithmName.MD5, digits);

    /// <summary>A SHA-256 of 64 digits, or its first ones.</summary>
    public static Checksum Sha256(string digits) => new(HashAlgorithmName.SHA256, digits);

    /// <summary>Whether <paramref name="digest"/>, all digits, is the one, or begins as it must.</summary>
    public bool Accepts(string digest) => digest.StartsWith(Digits, StringComparison.Ordinal);

    /// <summary>What the file at <paramref name="path"/> has instead, in words, or null where it is right.</summary>
    /// <exception cref="MedBenchException">The file cannot be read.</exception>
    public string? Mismatch(string path) => FileHash.Of(path, Algorithm) is var found && Accepts(found) ? null : Contrast(found);

    /// <summary>The checksum <paramref name="found"/> beside the right one, in words: <c>the MD5 …, not …</c>.</summary>
    public string Contrast(string found) => $"the {Algorithm.Name} {found}, not {(Digits.Length < found.Length ? "one that begins with " : "")}{Digits}";
}

using System.Text.RegularExpressions;

namespace MedBench.Models.Weights.Hub;

/// <summary>What the server says of a file before it is fetched.</summary>
/// <param name="Commit">Of the revision asked for.</param>
/// <param name="ETag">Names the content; the sha256 where the file is stored by Git LFS.</param>
/// <param name="Size">Bytes; null where it does not say.</param>
internal sealed partial record HubFile(string Commit, string ETag, long? Size)
{
    /// <summary>The digest that the server vouches for, if it gives one.</summary>
    public string? Sha256 => ETag.Length == 64 ? ETag : null;

    /// <summary>From header values; null where commit or tag is missing, or is not what can be a file's name.</summary>
    public static HubFile? From(string? commit, string? etag, long? size)
    {
        string tag = (etag ?? "").Replace("W/", "", StringComparison.Ordinal).Trim('"');
        return commit is not null && Hex().IsMatch(commit) && Hex().IsMatch(tag) ? new HubFile(commit, tag, size) : null;
    }

    [GeneratedRegex(@"^[0-9a-f]{32,64}\z")]
    private static partial Regex Hex();
}

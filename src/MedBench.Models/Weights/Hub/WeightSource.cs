using System.Text.RegularExpressions;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Models.Weights.Hub;

/// <summary>
/// Where a published checkpoint is: a file of a Hugging Face repository, one with an address of its own (torchvision, Zenodo), or
/// one in a NuGet package, which <c>dotnet restore</c> brings; or a file that is here already.
/// </summary>
/// <param name="Repository">For example <c>timm/resnet18.a1_in1k</c>; null where <paramref name="Url"/> or <paramref name="Package"/> is given.</param>
/// <param name="File">Path in the repository or package, for example <c>model.safetensors</c>; beside <paramref name="Url"/>, the name to keep it under, by default the address's own.</param>
/// <param name="Revision">Branch, tag or commit of the repository, null for <c>main</c>; the version of the package.</param>
/// <param name="Sha256">Lower-case hex digest that the file must have; null where it is not known.</param>
/// <param name="Url">Full address instead of a repository.</param>
/// <param name="Package">Name of a NuGet package instead of a repository.</param>
/// <param name="Remap">Name of the embedded rename rules (<see cref="KeyRemap"/>) for a checkpoint without timm's keys; null for none.</param>
/// <param name="Path">Full path of a file on this machine instead of a repository.</param>
public sealed partial record WeightSource(
    string? Repository = null,
    string? File = null,
    string? Revision = null,
    string? Sha256 = null,
    string? Url = null,
    string? Package = null,
    string? Remap = null,
    string? Path = null)
{
    /// <summary>The revision to ask for.</summary>
    public string RevisionOrMain => Revision ?? "main";

    /// <summary>Path of the file in the repository, or its own name.</summary>
    public string FileName => File ?? (Url is null ? "" : Url[(Url.LastIndexOf('/') + 1)..]);

    /// <summary>What the file must hash to: the whole digest, or the first digits that torchvision puts into its files' names (<c>alexnet-owt-7be5be79.pth</c>); null where neither is known.</summary>
    public Checksum? Checksum =>
        Sha256 is not null ? Core.Files.Checksum.Sha256(Sha256)
        : Url is not null && DigestInName().Match(FileName) is { Success: true } match ? Core.Files.Checksum.Sha256(match.Groups[1].Value)
        : null;

    /// <summary>What the source is called in messages.</summary>
    public override string ToString() => Path ?? Url ?? (Package is not null ? $"{File} of NuGet package {Package} {Revision}" : null) ?? $"{File} of {Repository} at {RevisionOrMain}";

    // Each part becomes a folder or file name, so it must not lead elsewhere.
    internal WeightSource Checked()
    {
        bool isNamed = Path is not null || (Url, Package) switch
        {
            (null, null) => RepositoryName().IsMatch(Repository ?? "") && IsRelative(FileName) && IsRelative(RevisionOrMain),
            (null, _) => Repository is null && PackageName().IsMatch(Package) && IsRelative(FileName) && IsRelative(Revision ?? ""),
            (_, null) => Repository is null && Revision is null,
            _ => false,
        };
        if (!isNamed)
            throw Package is null
                ? new MedBenchException($"'{Repository}', '{File}', '{RevisionOrMain}' do not name a file of a Hugging Face repository", "write them like timm/resnet18.a1_in1k, model.safetensors, main; or give a url alone")
                : new MedBenchException($"'{Package}', '{File}', '{Revision}' do not name a file of a NuGet package", "write them like My.Package, tools/net.onnx, 1.0.0, without repository and url");
        if (Url is not null && (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || !IsRelative(FileName) || FileName.Contains('/', StringComparison.Ordinal)))
            throw new MedBenchException($"'{Url}' with the file name '{FileName}' is not the web address of a file", "write it like https://download.pytorch.org/models/alexnet-owt-7be5be79.pth");
        if (Sha256 is not null && !Digest().IsMatch(Sha256))
            throw new MedBenchException($"'{Sha256}' is not a sha256", "write it as 64 lower-case hex digits");
        return this;
    }

    private static bool IsRelative(string path) =>
        path.Split('/').All(part => part.Length > 0 && part.Trim('.').Length > 0) && path.IndexOfAny(['\\', ':', '\0', '?', '#']) < 0;

    [GeneratedRegex(@"^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)?[A-Za-z0-9_-][A-Za-z0-9._-]*\z")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"^[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*\z")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Digest();

    // As torch.hub reads it.
    [GeneratedRegex(@"-([0-9a-f]{8,64})\.pth?\z")]
    private static partial Regex DigestInName();
}

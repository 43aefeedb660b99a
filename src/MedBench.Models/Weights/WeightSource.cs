using System.Text.RegularExpressions;
using MedBench.Data.Errors;

namespace MedBench.Models.Weights;

/// <summary>One file of a Hugging Face repository.</summary>
/// <param name="Repository">For example <c>timm/resnet18.a1_in1k</c>.</param>
/// <param name="File">Path in it, for example <c>model.safetensors</c>.</param>
/// <param name="Revision">Branch, tag or commit; null for <c>main</c>.</param>
/// <param name="Sha256">Lower-case hex digest that the file must have; null where it is not known.</param>
public sealed partial record WeightSource(string Repository, string File, string? Revision = null, string? Sha256 = null)
{
    /// <summary>The revision to ask for.</summary>
    public string RevisionOrMain => Revision ?? "main";

    // Each part becomes a folder or file name, so it must not lead elsewhere.
    internal WeightSource Checked()
    {
        if (!RepositoryName().IsMatch(Repository) || !IsRelative(File) || !IsRelative(RevisionOrMain))
            throw new MedBenchException($"'{Repository}', '{File}', '{RevisionOrMain}' do not name a file of a Hugging Face repository", "write them like timm/resnet18.a1_in1k, model.safetensors, main");
        if (Sha256 is not null && !Digest().IsMatch(Sha256))
            throw new MedBenchException($"'{Sha256}' is not a sha256", "write it as 64 lower-case hex digits");
        return this;
    }

    private static bool IsRelative(string path) =>
        path.Split('/').All(part => part.Length > 0 && part.Trim('.').Length > 0) && path.IndexOfAny(['\\', ':', '\0']) < 0;

    [GeneratedRegex(@"^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)?[A-Za-z0-9_-][A-Za-z0-9._-]*\z")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}

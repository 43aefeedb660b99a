namespace MedBench.Models.Cards;

/// <summary>Where a published checkpoint lives.</summary>
/// <param name="Repository">Hugging Face repository, for example <c>timm/resnet18.a1_in1k</c>.</param>
/// <param name="File">File in it.</param>
/// <param name="Revision">Commit that pins the file; null means the branch <c>main</c>.</param>
/// <param name="Sha256">Checksum in lower-case hex; null where it is not known.</param>
/// <param name="Url">Full address instead of a repository, for checkpoints that are not on the hub (torchvision, MedSAM).</param>
/// <param name="Remap">Name of the embedded key-remapping file for checkpoints that do not use timm's keys.</param>
public sealed record HubSource(
    string? Repository = null,
    string? File = null,
    string? Revision = null,
    string? Sha256 = null,
    string? Url = null,
    string? Remap = null);

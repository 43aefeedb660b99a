using System.Reflection;
using MedBench.Core.Text;

namespace MedBench.Data.Audits;

/// <summary>
/// What counts as a twin; the settings are those of <c>audits/rules.json</c>. Two measures, both on the luminance, both blind to brightness and contrast.
/// Coarse: the image shrunk to <paramref name="Side"/>², locally normalised (the local mean taken off, divided by the local standard deviation), whitened over the dataset, so that
/// what all its images share (a field of view, a heart on the left) counts for nothing; then the cosine. Detail: the locally normalised image at full size less the dataset's mean
/// one, correlated at the best of all small shifts.
/// </summary>
/// <param name="Version">Raised with every change of a setting.</param>
/// <param name="Side">Pixels of the shrunken image.</param>
/// <param name="LocalSigma">Standard deviation of the Gaussian window of the coarse measure, in its pixels.</param>
/// <param name="ContrastFloor">Grey values added to the local standard deviation, so that noise in the dark is not blown up.</param>
/// <param name="Ridge">Added to the covariance before it is inverted, in units of its mean variance.</param>
/// <param name="Screen">Coarse measure from which on a pair is looked at in detail.</param>
/// <param name="Twin">Coarse measure of a twin, at least.</param>
/// <param name="DetailSigma">Standard deviation of the window of the detail measure, as a share of the image side.</param>
/// <param name="Detail">Detail measure of a twin, at least.</param>
/// <param name="Shift">Largest shift, up, down and sideways, as a share of the image side.</param>
/// <param name="Sample">Images from which mean and covariance are taken, and that the null search looks up, at most.</param>
/// <param name="MaximumCandidates">Pairs that the screen may find, at most: a bound on memory.</param>
public sealed record AuditRules(
    int Version,
    int Side,
    double LocalSigma,
    double ContrastFloor,
    double Ridge,
    double Screen,
    double Twin,
    double DetailSigma,
    double Detail,
    double Shift,
    int Sample,
    int MaximumCandidates)
{
    /// <summary>The rules of this version of the program.</summary>
    public static AuditRules Default { get; } = Read();

    private static AuditRules Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Audits/rules.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return StrictJson.Read<AuditRules>(bytes.ToArray(), "audits/rules.json");
    }
}

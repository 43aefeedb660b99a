using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Inspection;

namespace MedBench.Tests.Models;

/// <summary>
/// Parameters and multiply-accumulates of networks in timm's own table: param_count and infer_gmacs of its
/// results/benchmark-infer-amp-nhwc-pt240-cu124-rtx3090.csv, which counts normalisation too: 2 % of EfficientNet, less of the others.
/// </summary>
internal static class TimmTable
{
    public static readonly (string Name, int Size, double Parameters, double Gmacs)[] Rows =
    [
        ("resnet18.a1_in1k", 288, 11.69, 3.01),
        ("densenet121.ra_in1k", 288, 7.98, 4.74),
        ("efficientnet_b4.ra2_in1k", 384, 19.34, 4.51),
        ("inception_v3.tv_in1k", 299, 23.83, 5.73),
        ("vgg16.tv_in1k", 224, 138.36, 15.47),
        ("inception_resnet_v2.tf_in1k", 299, 55.84, 13.18),
        ("vit_base_patch16_224.augreg2_in21k_ft_in1k", 224, 86.57, 17.58),
        ("eva02_base_patch14_224.mim_in22k", 224, 85.76, 23.22),
        ("eva02_base_patch16_clip_224.merged2b", 224, 86.26, 17.62),
        ("vit_small_patch14_dinov2.lvd142m", 518, 22.06, 46.76),
        ("vit_base_patch14_dinov2.lvd142m", 518, 86.58, 151.71),
        ("samvit_base_patch16.sa1b", 1024, 89.67, 486.43),
    ];

    /// <summary>Compares a network with its row, if there is one at this size, and with its card.</summary>
    /// <param name="card">Its card.</param>
    /// <param name="model">The network, with any number of classes: theirs is reckoned.</param>
    /// <param name="size">Pixels that it was traced at.</param>
    /// <param name="layers">What was traced.</param>
    /// <param name="images">Images that were traced.</param>
    public static void Check(ModelCard card, ImageModel model, int size, IReadOnlyList<LayerInfo> layers, int images = 1)
    {
        var classifier = layers.Single(l => l.Name == model.ClassifierName);
        long classes = classifier.OutputShape[^1], more = card.DefaultClasses - classes;
        long parameters = model.parameters().Sum(p => p.numel()) + classifier.Parameters / classes * more;
        double gmacs = (layers.Sum(l => l.Macs) + classifier.Macs / classes * more) / images / 1e9;
        foreach (var row in Rows.Where(r => r.Name == card.Name && r.Size == size))
        {
            Assert.Equal(row.Parameters, parameters / 1e6, 0.01);
            Assert.InRange(gmacs, 0.975 * row.Gmacs, 1.005 * row.Gmacs);
        }
        Assert.Equal(card.Parameters, parameters);
        if (size == card.InputSize) Assert.Equal(card.Gmacs, gmacs, 0.01);
    }
}

using System.Text.Json.Serialization;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Training.Recipes;

/// <summary>A method, and which of a recipe's variants of it: a key of <see cref="Recipe.Methods"/>.</summary>
/// <param name="Name">For example <c>end-to-end</c>.</param>
/// <param name="Variant">For example <c>as-released</c>; null for the plain method.</param>
[JsonConverter(typeof(TextConverter<MethodName>))]
public sealed record MethodName(string Name, string? Variant = null) : IText<MethodName>
{
    /// <summary>Neighbours vote; nothing is trained, nothing is random.</summary>
    public const string Knn = "knn";

    /// <summary>The model starts from random weights, not from a checkpoint.</summary>
    public const string FromScratch = "from-scratch";

    /// <summary>Whether it starts from random weights.</summary>
    public bool IsFromScratch => Name == FromScratch;

    /// <summary>Reads <c>end-to-end</c> or <c>end-to-end/as-released</c>.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="MedBenchException">It has an empty part, or more than two.</exception>
    public static MethodName Parse(string text) => text.Split('/') switch
    {
        [{ Length: > 0 } name] => new(name),
        [{ Length: > 0 } name, { Length: > 0 } variant] => new(name, variant),
        _ => throw new MedBenchException($"'{text}' is not a method", "write a method such as end-to-end, or a method and its variant such as end-to-end/as-released"),
    };

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Variant is null ? Name : $"{Name}/{Variant}";
}

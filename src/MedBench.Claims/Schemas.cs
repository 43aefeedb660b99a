using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using MedBench.Claims.Claims;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Models.Catalog;
using MedBench.Runs.Experiments;
using MedBench.Runs.Planning;
using MedBench.Runs.Store;
using MedBench.Training.Recipes;
using YamlDotNet.Serialization.NamingConventions;

namespace MedBench.Claims;

/// <summary>JSON Schemas of the files that people and programs write and read, made from the types that read them; <c>schemas/</c> holds a copy for editors.</summary>
public static class Schemas
{
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions s_yaml = new(StrictJson.Options) { PropertyNamingPolicy = new YamlNames(), TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly JsonSerializerOptions s_json = new(StrictJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>Every schema by name: <c>claims</c>, <c>dataset</c>, <c>encoder</c>, <c>experiment</c>, <c>plan</c>, <c>recipe</c>, <c>result</c>, <c>rules</c>, <c>study</c>.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["claims"] = Of<ClaimDocument>("What a paper claims (expected-results/PAPER/claims.yaml)", s_yaml),
        ["dataset"] = Of<OwnDataset>("A card of your own images (docs/your-images.md)", s_yaml),
        ["encoder"] = Of<OwnEncoder>("An encoder of one's own (docs/your-encoder.md)", s_yaml),
        ["experiment"] = Of<Experiment>("An experiment: what to run, as data (experiments/PAPER/NAME.yaml)", s_yaml),
        ["plan"] = Of<WorkPlan>("Work for several jobs (plan.json of `medbench plan`)", s_json),
        ["recipe"] = Of<Recipe>("A training protocol (src/MedBench.Training/Recipes/NAME.yaml)", s_yaml),
        ["result"] = Of<RunResult>("What a run found (results/ID/result.json)", s_json),
        ["study"] = Of<Study>("A study of somebody else's (expected-results/STUDY/study.yaml)", s_yaml),
        ["rules"] = Of<VerdictRules>("The rules by which numbers become verdicts (expected-results/rules.json)", s_json),
    };

    private static string Of<T>(string title, JsonSerializerOptions options)
    {
        var schema = options.GetJsonSchemaAsNode(typeof(T), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }).AsObject();
        var whole = new JsonObject { ["$schema"] = Draft, ["title"] = title };
        foreach (var (key, value) in schema.ToList())
        {
            schema.Remove(key);
            whole[key] = value;
        }
        return StrictJson.Write(whole);
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).FirstOrDefault() is DescriptionAttribute { Description: var text } && schema is JsonObject members)
            members.Insert(0, "description", text);
        if (IsText(context.TypeInfo.Type)) schema = new JsonObject { ["type"] = context.PropertyInfo is { IsGetNullable: true } ? new JsonArray("string", "null") : "string" };
        // Written 224 or native: to YAML's reader a scalar is a text.
        if (context.PropertyInfo is { Name: "size" } size && size.DeclaringType == typeof(InputRule)) schema["type"] = new JsonArray("string", "integer");
        return schema;
    }

    private static bool IsText(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IText<>));

    private sealed class YamlNames : JsonNamingPolicy
    {
        public override string ConvertName(string name) => HyphenatedNamingConvention.Instance.Apply(name);
    }
}

using System.Text.Json.Nodes;

namespace MedBench.Reporting.Crate;

/// <summary>The flat graph of a crate: every entity once, by its id.</summary>
internal sealed class CrateGraph
{
    private readonly Dictionary<string, JsonObject> _entities = new(StringComparer.Ordinal);

    /// <summary>Adds an entity, unless one of that id is there; a null property is left out.</summary>
    /// <returns>A reference to it.</returns>
    internal JsonObject Add(string id, string type, params IEnumerable<(string Name, JsonNode? Value)> properties)
    {
        if (!_entities.ContainsKey(id))
        {
            var entity = new JsonObject { ["@id"] = id, ["@type"] = type };
            foreach (var (name, value) in properties)
                if (value is not null) entity[name] = value;
            _entities[id] = entity;
        }
        return Reference(id);
    }

    /// <summary><c>{"@id": id}</c>.</summary>
    internal static JsonObject Reference(string id) => new() { ["@id"] = id };

    /// <summary>A list of references.</summary>
    internal static JsonArray References(IEnumerable<JsonObject> references) => [.. references];

    /// <summary>The whole document.</summary>
    internal JsonObject Document(string context, JsonObject terms) => new()
    {
        ["@context"] = new JsonArray { context, terms },
        ["@graph"] = new JsonArray([.. _entities.Values]),
    };
}

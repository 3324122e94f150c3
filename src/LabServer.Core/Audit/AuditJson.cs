using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LabServer.Core.Audit;

/// <summary>What was there before and after a change, as the trail keeps it.</summary>
public static class AuditJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // For people and for hashing, never put into a page: units and names stay as they were sent.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary><paramref name="value"/> as JSON; empty for null.</summary>
    public static string Write<T>(T? value) => value is null ? "" : JsonSerializer.Serialize(value, Options);

    /// <summary>Reads what <see cref="Write"/> wrote; null: the text is nothing of the kind.</summary>
    internal static T? Read<T>(string json)
        where T : class
    {
        try
        {
            return json.Length == 0 ? null : JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

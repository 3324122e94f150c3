using System.Text.Json;
using System.Text.Json.Serialization;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Events as the log keeps them. What is stored stays readable: properties are added, never renamed.</summary>
internal static class EventJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(AdverseEvent found) => JsonSerializer.Serialize(found, Options);

    public static AdverseEvent Read(string json) => JsonSerializer.Deserialize<AdverseEvent>(json, Options)!;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace LabServer.Core.Ingestion;

/// <summary>How the files of the catalogue are read: a misspelt or missing property is a fault, never a default.</summary>
internal static class CatalogueJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <exception cref="InvalidCatalogueException">Not JSON, or not of the expected form.</exception>
    public static T Read<T>(Stream json, string file)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidCatalogueException(file, ["the file is null"]);
        }
        catch (JsonException e)
        {
            throw new InvalidCatalogueException(file, [e.Message]);
        }
    }
}

using System.Text.Json;

namespace LabServer.Cli.Output;

/// <summary>One column of a listing: the same description serves table, CSV and JSON.</summary>
/// <param name="Name">Name in snake case, as in a CSV header. JSON and table spell it their way.</param>
/// <param name="Value">Value of a row: null, text, number, truth value, time, texts or <see cref="System.Text.Json.Nodes.JsonNode"/>.</param>
/// <param name="InTable">Whether people see it too; CSV and JSON always have it.</param>
internal sealed record Column<T>(string Name, Func<T, object?> Value, bool InTable = true)
{
    /// <summary>Name in camel case, for JSON.</summary>
    public string JsonName { get; } = Camel(Name);

    /// <summary>Name in words, for a table head.</summary>
    public string Title { get; } = Name.Replace('_', ' ');

    private static string Camel(string name)
    {
        var parts = name.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }

    /// <summary>Writes name and value of <paramref name="row"/> as a JSON property.</summary>
    public void WriteJson(Utf8JsonWriter json, T row)
    {
        json.WritePropertyName(JsonName);
        Cell.WriteJson(json, Value(row));
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace LabServer.Cli.Output;

/// <summary>How labctl writes JSON: units such as <c>µmol/L</c> and signs such as <c>&lt;</c> stay readable.</summary>
internal static class JsonText
{
    /// <summary>For a listing.</summary>
    public static readonly JsonWriterOptions Writer =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a document.</summary>
    public static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a cell.</summary>
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

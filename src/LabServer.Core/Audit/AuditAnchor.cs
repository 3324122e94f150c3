using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LabServer.Core.Audit;

/// <summary>
/// Where the trail ended at some moment. Kept elsewhere it shows that entries were cut off, or that the whole chain was
/// written anew: neither shows in the chain itself.
/// </summary>
/// <param name="Number">Number of the last entry; 0: the trail was empty.</param>
/// <param name="Hash">Its hash, lower-case hexadecimal.</param>
/// <param name="AtUs">Its time.</param>
public sealed record AuditAnchor(long Number, string Hash, long AtUs)
{
    /// <summary>The anchor as text: one line of JSON, <c>{"entry":…,"sha256":"…","at":"…"}</c>.</summary>
    public override string ToString() => JsonSerializer.Serialize(new Form(
        Number, Hash, Clock.FromUs(AtUs).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="ToString"/> wrote; null: the text is no anchor.</summary>
    public static AuditAnchor? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Form>(text) is { Entry: >= 0, Sha256: { Length: AuditHash.Length * 2 } hash } form
                && hash.All(char.IsAsciiHexDigitLower)
                && DateTimeOffset.TryParse(form.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? new AuditAnchor(form.Entry, hash, Clock.ToUs(at))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Form(
        [property: JsonPropertyName("entry")] long Entry,
        [property: JsonPropertyName("sha256")] string? Sha256,
        [property: JsonPropertyName("at")] string? At);
}

using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace LabServer;

/// <summary>
/// Page tokens: the place of the last row seen, as an opaque text. A page after it is the same whatever was added before.
/// </summary>
internal static class PageTokens
{
    public const int DefaultSize = 100;
    public const int MaximumSize = 1000;

    /// <summary>Rows a page holds; 0 or less means the default.</summary>
    public static int Size(int asked) => asked <= 0 ? DefaultSize : Math.Min(asked, MaximumSize);

    public static string Write(params string[] place) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(place));

    public static string Write(long place) => Write(place.ToString(CultureInfo.InvariantCulture));

    /// <summary>The parts of a token, as many as one of <paramref name="parts"/> says; null for an empty one.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: not a token of this list.</exception>
    public static string[]? Read(string token, params ReadOnlySpan<int> parts)
    {
        if (token.Length == 0)
        {
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(token)) is { } place && parts.Contains(place.Length))
            {
                return place;
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
        }

        throw Wrong();
    }

    /// <summary>The number in a token of one number; 0 for an empty one.</summary>
    public static long ReadNumber(string token) => Read(token, 1) is [var text] ? Number(text) : 0;

    public static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong();

    private static Grpc.Core.RpcException Wrong() => RpcErrors.InvalidArgument(
        "PAGE_TOKEN_MALFORMED", "page_token", "is not a token that this list gave out");
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LabServer.Core.Access;

/// <summary>Text of an API key: <c>lsk_ID_SECRET</c>. The id finds it, and the hash of the whole text proves it.</summary>
public static class KeyText
{
    private const string Prefix = "lsk_";
    private const int IdBytes = 8;
    private const int SecretBytes = 32;

    /// <summary>A new key that nobody can guess: its id and its text.</summary>
    public static (string Id, string Text) Make()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return (id, $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>The id in a text; null: it is no API key.</summary>
    public static string? IdOf(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.IndexOf('_', Prefix.Length) is var end and > 0 ? text[Prefix.Length..end] : null;

    /// <summary>SHA-256. The text is random and long, so that nothing slower is needed.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

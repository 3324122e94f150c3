using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LabServer.Core.Storage;

/// <summary>What calls for an alert, as it is stored with it.</summary>
internal sealed record AlertCause
{
    public required string AlertId { get; init; }

    public required long StudyKey { get; init; }

    public required long SubjectKey { get; init; }

    public required AlertKind Kind { get; init; }

    public required int Level { get; init; }

    public string EventId { get; init; } = "";

    public long TestKey { get; init; }

    public long LaboratoryKey { get; init; }

    public string SourceResultId { get; init; } = "";

    public required string What { get; init; }

    public string Value { get; init; } = "";

    public required string HappenedAt { get; init; }

    /// <summary>The id of what is identified by these parts.</summary>
    public static string Id(AlertKind kind, int level, params ReadOnlySpan<string> parts)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(int)kind}\n{level}\n{string.Join('\n', parts)}");
        return "AL-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}

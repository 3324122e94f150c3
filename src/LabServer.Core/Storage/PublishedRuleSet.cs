namespace LabServer.Core.Storage;

/// <summary>A rule set that a user published, as it is on file.</summary>
public sealed record PublishedRuleSet
{
    /// <summary>Id, for instance <c>mine@2</c>.</summary>
    public string RuleSetId { get; init; } = "";

    /// <summary>SHA-256 of <see cref="Content"/>, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The file, byte for byte.</summary>
    public byte[] Content { get; init; } = [];

    /// <summary>Who published it.</summary>
    public string PublishedBy { get; init; } = "";

    /// <summary>When.</summary>
    public long PublishedUs { get; init; }

    /// <summary>Why, in the words of who published it; may be empty.</summary>
    public string Reason { get; init; } = "";
}

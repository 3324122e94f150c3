namespace LabServer.Core.Storage;

/// <summary>Which ranges of a study to list, and from where on.</summary>
public sealed record RangeQuery
{
    /// <summary>The study.</summary>
    public required long StudyKey { get; init; }

    /// <summary>Of this laboratory only; empty: of all.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>Of this version; null: of the one in force.</summary>
    public int? Version { get; init; }

    /// <summary>Key of the test; empty: all.</summary>
    public string Test { get; init; } = "";

    /// <summary>Laboratory of the last range of the page before; empty: from the start.</summary>
    public string AfterLaboratory { get; init; } = "";

    /// <summary>Position of that range.</summary>
    public int AfterPosition { get; init; }

    /// <summary>At most this many.</summary>
    public required int Take { get; init; }
}

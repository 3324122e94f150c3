namespace LabServer.Core.Ingestion;

/// <summary>What became of a result. Numbers are those of the wire.</summary>
public enum Disposition
{
    /// <summary>Not decided.</summary>
    None = 0,

    /// <summary>Stored, and handed to grading.</summary>
    Accepted = 1,

    /// <summary>Received before: same identity and version, same content. Nothing was stored.</summary>
    Duplicate = 2,

    /// <summary>Stored as a newer version of a result on file.</summary>
    Amended = 3,

    /// <summary>Stored as sent; waits for its subject, test or unit.</summary>
    Held = 4,

    /// <summary>Kept in the reject log only.</summary>
    Rejected = 5,
}

/// <summary>What became of one result of a batch, with its reasons.</summary>
/// <param name="Disposition">What became of it.</param>
/// <param name="OnFile">For a duplicate: whether the copy on file is held or rejected; else <see cref="Disposition.None"/>.</param>
/// <param name="HoldReasons">What it, or the copy on file, waits for.</param>
/// <param name="Faults">Faults of a rejected result, or of one rejected before; empty otherwise.</param>
public readonly record struct ResultOutcome(
    Disposition Disposition, Disposition OnFile, HoldReasons HoldReasons, IReadOnlyList<Fault> Faults);

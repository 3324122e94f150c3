using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Results;

/// <summary>What became of the rows of a push.</summary>
internal sealed class PushCounts
{
    /// <summary>How the counts are written.</summary>
    public static readonly IReadOnlyList<Column<PushCounts>> Columns =
    [
        new("rows", counts => counts.Rows),
        new("accepted", counts => counts.Accepted),
        new("amended", counts => counts.Amended),
        new("duplicate", counts => counts.Duplicate),
        new("duplicate_of_held", counts => counts.DuplicateOfHeld),
        new("duplicate_of_rejected", counts => counts.DuplicateOfRejected),
        new("held", counts => counts.Held),
        new("rejected", counts => counts.Rejected),
    ];

    /// <summary>Rows of which it is known what became of them.</summary>
    public long Rows => Accepted + Amended + Duplicate + Held + Rejected;

    /// <summary>Stored, and handed to grading.</summary>
    public long Accepted { get; private set; }

    /// <summary>Stored as a newer version.</summary>
    public long Amended { get; private set; }

    /// <summary>Received before.</summary>
    public long Duplicate { get; private set; }

    /// <summary>Received before, and held since.</summary>
    public long DuplicateOfHeld { get; private set; }

    /// <summary>Received before, and rejected then.</summary>
    public long DuplicateOfRejected { get; private set; }

    /// <summary>Waiting for subject, test or unit.</summary>
    public long Held { get; private set; }

    /// <summary>Rejected by the server, or not readable as a result and never sent.</summary>
    public long Rejected { get; private set; }

    /// <summary>Whether any row is held or rejected, now or before.</summary>
    public bool AnyRefused => Held + Rejected + DuplicateOfHeld + DuplicateOfRejected > 0;

    /// <summary>Counts one row.</summary>
    /// <param name="disposition">What became of it.</param>
    /// <param name="onFile">For a duplicate: what the copy on file is.</param>
    public void Add(Disposition disposition, Disposition onFile)
    {
        switch (disposition)
        {
            case Disposition.Accepted: Accepted++; break;
            case Disposition.Amended: Amended++; break;
            case Disposition.Held: Held++; break;
            case Disposition.Rejected: Rejected++; break;
            case Disposition.Duplicate:
                Duplicate++;
                DuplicateOfHeld += onFile == Disposition.Held ? 1 : 0;
                DuplicateOfRejected += onFile == Disposition.Rejected ? 1 : 0;
                break;
            default: throw new CommandFailure($"The server answered with a disposition that this labctl does not know: {disposition}.");
        }
    }
}

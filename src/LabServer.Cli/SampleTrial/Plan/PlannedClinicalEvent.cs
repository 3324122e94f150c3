namespace LabServer.Cli.SampleTrial;

/// <summary>A clinical event the sample trial places in so many subjects of each arm, to be reported by hand.</summary>
/// <param name="Term">AEDECOD, as published.</param>
/// <param name="SystemOrganClass">AEBODSYS.</param>
/// <param name="Msc">Subjects of the MSC arm.</param>
/// <param name="Placebo">Subjects of the placebo arm.</param>
/// <param name="MscFrom">Place of the first of them in the arm's shuffled order.</param>
/// <param name="PlaceboFrom">The same in the placebo arm.</param>
internal sealed record PlannedClinicalEvent(string Term, string SystemOrganClass, int Msc, int Placebo, int MscFrom, int PlaceboFrom)
{
    /// <summary>AETOXGR; null: 1 or 2, as drawn.</summary>
    public int? Grade { get; init; }

    /// <summary>Whether a subject has it.</summary>
    public bool IsOf(SampleSubject subject)
    {
        var (count, from) = subject.Arm == SampleArm.Msc ? (Msc, MscFrom) : (Placebo, PlaceboFrom);
        return subject.Place >= from && subject.Place < from + count;
    }
}

namespace LabServer.Cli.SampleTrial;

/// <summary>
/// A row of the adverse-event table that NCT04288102 published after one year (Shi et al., EBioMedicine 2022,
/// doi 10.1016/j.ebiom.2021.103789): subjects of 65 MSC and 35 placebo by worst grade.
/// </summary>
/// <param name="Term">The term as published.</param>
/// <param name="Published">The counts.</param>
/// <param name="RuleSet">Our rule set that has the term. Null: not a laboratory row: somebody reports it.</param>
/// <param name="OurTerm">The term of that rule set. Null with <paramref name="RuleSet"/>.</param>
internal sealed record PublishedEvent(string Term, EventCounts Published, string? RuleSet, string? OurTerm)
{
    /// <summary>Whether it is the row of any event.</summary>
    public bool IsAny => Term == "Any adverse event";

    /// <summary>What our tables call it: reported events are coded by the published term.</summary>
    public string Name => OurTerm ?? Term;
}

/// <summary>Subjects with an event, by arm and grade group.</summary>
/// <param name="MscGrade12">MSC, worst grade 1 or 2.</param>
/// <param name="MscGrade34">MSC, worst grade 3 or 4.</param>
/// <param name="PlaceboGrade12">Placebo, worst grade 1 or 2.</param>
/// <param name="PlaceboGrade34">Placebo, worst grade 3 or 4.</param>
internal readonly record struct EventCounts(int MscGrade12, int MscGrade34, int PlaceboGrade12, int PlaceboGrade34);

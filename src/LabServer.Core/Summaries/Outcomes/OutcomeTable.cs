using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>A yes/no outcome by visit and arm. A pure function of the values.</summary>
/// <param name="Arms">Arms with their safety population, in the order of the table.</param>
/// <param name="Visits">Visits with a record, in the study's order.</param>
/// <param name="Undecided">Values that say neither yes nor no, which are in no count of events or denominator.</param>
public sealed record OutcomeTable(IReadOnlyList<ArmSize> Arms, IReadOnlyList<OutcomeVisit> Visits, IReadOnlyList<UndecidedText> Undecided)
{
    /// <summary>Counts.</summary>
    /// <param name="values">The values of a test with yes/no words.</param>
    /// <param name="arms">Arms in the order of the table, with their denominators.</param>
    /// <param name="subjects">The subjects to count: of the safety population, or of a stratum of it.</param>
    /// <param name="visit">The only visit to show; null: all.</param>
    public static OutcomeTable Of(TestValues values, IReadOnlyList<ArmSize> arms, IReadOnlyList<StratumSubject> subjects, string? visit)
    {
        var codes = values.Test.YesNo!;
        var byArm = values.ByArm(arms, subjects);
        var visits = new List<OutcomeVisit>();
        var undecided = new List<string>();
        foreach (var at in values.Shown(byArm, visit))
        {
            List<OutcomeArm> counts = [.. arms.Select((arm, i) => Count(arm.Arm, byArm[i], at, codes, undecided))];
            visits.Add(new OutcomeVisit(values.Visits[at], counts, counts.Count == 2 ? OutcomeComparison.Of(counts[0], counts[1]) : null));
        }

        return new OutcomeTable(arms, visits, UndecidedText.Count(undecided));
    }

    private static OutcomeArm Count(string arm, IReadOnlyList<SubjectValues> subjects, int visit, YesNoCodes codes, List<string> undecided)
    {
        var (yes, no, neither) = (0, 0, 0);
        foreach (var subject in subjects)
        {
            if (subject.Records[visit] is not { } record)
            {
                continue;
            }

            switch (codes.Read(record.Text))
            {
                case true: yes++; break;
                case false: no++; break;
                default:
                    neither++;
                    undecided.Add(record.Text);
                    break;
            }
        }

        return new OutcomeArm(arm, subjects.Count, yes, yes + no, neither);
    }
}

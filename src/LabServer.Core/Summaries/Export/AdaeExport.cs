using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>ADaM ADAE: the rows of AE with treatment, and flags of first and worst occurrence.</summary>
internal static class AdaeExport
{
    public static IEnumerable<AdaeRow> Rows(ExportScope scope)
    {
        foreach (var (subject, facts) in scope.Subjects())
        {
            var rows = AeExport.Rows(scope, subject, facts)
                .ConvertAll(found => new AdaeRow(
                    found,
                    subject,
                    subject.FirstDoseAt.Length > 0
                        && (found.Source == EventSource.Graded || TreatmentEmergence.MayBe(found.Onset, subject.FirstDoseAt, facts.Zone))));
            Mark(rows.FindAll(row => row.TreatmentEmergent));
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    // By onset, as the rows stand; of several with the worst grade the first.
    private static void Mark(List<AdaeRow> rows)
    {
        Mark(rows, _ => "", row => row.FirstOfSubject = true, row => row.WorstOfSubject = true);
        Mark(rows, row => row.Event.SystemOrganClass.Trim(), row => row.FirstOfClass = true, row => row.WorstOfClass = true);
        Mark(rows, row => row.Event.Term, row => row.FirstOfTerm = true, row => row.WorstOfTerm = true);
    }

    private static void Mark(List<AdaeRow> rows, Func<AdaeRow, string> key, Action<AdaeRow> first, Action<AdaeRow> worst)
    {
        foreach (var group in rows.GroupBy(key, StringComparer.OrdinalIgnoreCase))
        {
            first(group.First());
            worst(group.MaxBy(row => row.Event.Grade)!);
        }
    }
}

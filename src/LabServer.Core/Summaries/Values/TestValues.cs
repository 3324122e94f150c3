using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>The values of one test by subject of the safety population and analysis visit: one record each.</summary>
/// <param name="Test">The test.</param>
/// <param name="Visits">Visits at which anybody has a record, in the study's order (<see cref="VisitOrder"/>).</param>
/// <param name="Subjects">Every subject with a first dose, by id, also those without any record.</param>
/// <param name="WithoutVisit">Results of these subjects that lie at no visit.</param>
/// <param name="NotDosed">Subjects with results of the test that are left out, since they have no first dose.</param>
public sealed record TestValues(
    TestDefinition Test, IReadOnlyList<SummaryVisit> Visits, IReadOnlyList<SubjectValues> Subjects, long WithoutVisit, int NotDosed)
{
    /// <summary>Where a visit stands in <see cref="Visits"/>, case ignored; −1: nobody has a record there.</summary>
    public int IndexOf(string visit)
    {
        for (var i = 0; i < Visits.Count; i++)
        {
            if (string.Equals(Visits[i].Visit, visit.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}

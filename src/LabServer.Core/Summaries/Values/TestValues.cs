using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>The values of one test by subject of the safety population and analysis visit: one record each.</summary>
/// <param name="Test">The test.</param>
/// <param name="Visits">Visits at which anybody has a record, in the study's order (<see cref="VisitOrder"/>).</param>
/// <param name="Subjects">Every subject with a first dose, by id, also those without any record.</param>
/// <param name="WithoutVisit">Results of these subjects that lie at no visit.</param>
/// <param name="Windows">Visit windows of the study.</param>
/// <param name="NotDosed">Subjects with results of the test that are left out, since they have no first dose.</param>
public sealed record TestValues(
    TestDefinition Test, IReadOnlyList<SummaryVisit> Visits, IReadOnlyList<SubjectValues> Subjects, IReadOnlyList<VisitWindow> Windows,
    long WithoutVisit, int NotDosed)
{
    private Dictionary<long, SubjectValues>? _byKey;

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

    /// <summary>Whether anybody has a record at a visit, or the study a window of this name.</summary>
    public bool Knows(string visit) =>
        IndexOf(visit) >= 0 || Windows.Any(window => string.Equals(window.Visit.Trim(), visit.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of the subjects of a table, by arm. Arms are those that the table was given, from nowhere else.</summary>
    /// <param name="arms">Arms of the table.</param>
    /// <param name="subjects">Its subjects.</param>
    internal IReadOnlyList<IReadOnlyList<SubjectValues>> ByArm(IReadOnlyList<ArmSize> arms, IReadOnlyList<StratumSubject> subjects)
    {
        _byKey ??= Subjects.ToDictionary(subject => subject.Subject.SubjectKey);
        var byArm = subjects.ToLookup(subject => subject.Arm, StringComparer.Ordinal);
        return [.. arms.Select(arm => byArm[arm.Arm].Select(subject => _byKey[subject.SubjectKey]).ToList())];
    }

    /// <summary>Positions of the visits at which one of the subjects has a record, or of the one asked for.</summary>
    /// <param name="byArm">The values of a table.</param>
    /// <param name="visit">The only visit to show; null: all.</param>
    internal IReadOnlyList<int> Shown(IReadOnlyList<IReadOnlyList<SubjectValues>> byArm, string? visit)
    {
        if (visit is not null)
        {
            return IndexOf(visit) is >= 0 and var at ? [at] : [];
        }

        return [.. Enumerable.Range(0, Visits.Count).Where(i => byArm.Any(arm => arm.Any(subject => subject.Records[i] is not null)))];
    }
}

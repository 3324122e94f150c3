using System.Globalization;
using LabServer.Core.Ingestion;
using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>An ordered outcome by visit and arm. A pure function of the values.</summary>
/// <param name="Arms">Arms with their safety population, in the order of the table.</param>
/// <param name="Visits">Visits with a record, in the study's order.</param>
/// <param name="Undecided">Values of no category, which are in no count.</param>
public sealed record CategoryTable(IReadOnlyList<ArmSize> Arms, IReadOnlyList<CategoryVisit> Visits, IReadOnlyList<UndecidedText> Undecided)
{
    /// <summary>Counts.</summary>
    /// <param name="values">The values of a test with ordered categories.</param>
    /// <param name="arms">Arms in the order of the table, with their denominators.</param>
    /// <param name="subjects">The subjects to count: of the safety population, or of a stratum of it.</param>
    /// <param name="visit">The only visit to show; null: all.</param>
    public static CategoryTable Of(TestValues values, IReadOnlyList<ArmSize> arms, IReadOnlyList<StratumSubject> subjects, string? visit)
    {
        var byArm = values.ByArm(arms, subjects);
        var visits = new List<CategoryVisit>();
        var undecided = new List<string>();
        foreach (var at in values.Shown(byArm, visit))
        {
            List<CategoryArm> counts = [.. arms.Select((arm, i) => Count(arm.Arm, byArm[i], at, values.Test, undecided))];
            visits.Add(new CategoryVisit(
                values.Visits[at], counts, counts.Count == 2 ? ProportionalOdds.Fit(counts[0].Counts, counts[1].Counts) : null));
        }

        return new CategoryTable(arms, visits, UndecidedText.Count(undecided));
    }

    /// <summary>Place of a record among the categories of its test; null: it is of none.</summary>
    public static int? CategoryOf(TestDefinition test, VisitRecord record)
    {
        for (var i = 0; i < test.Categories.Count; i++)
        {
            var category = test.Categories[i];
            if (test.Kind == ValueKind.Coded ? category.Is(record.Text) : record is { Qualifier: ValueQualifier.None, Value: { } value } && category.Holds(value))
            {
                return i;
            }
        }

        return null;
    }

    private static CategoryArm Count(string arm, IReadOnlyList<SubjectValues> subjects, int visit, TestDefinition test, List<string> undecided)
    {
        var (counts, neither) = (new int[test.Categories.Count], 0);
        foreach (var subject in subjects)
        {
            if (subject.Records[visit] is not { } record)
            {
                continue;
            }

            if (CategoryOf(test, record) is { } category)
            {
                counts[category]++;
            }
            else
            {
                neither++;
                undecided.Add(test.Kind == ValueKind.Coded ? record.Text : record.Qualifier.Sign() + record.Value?.ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return new CategoryArm(arm, subjects.Count, counts, neither);
    }
}

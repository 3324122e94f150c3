using System.Data.Common;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>One state of the database, with what all subjects of a study share.</summary>
internal sealed class ExportScope : IDisposable
{
    // Subjects are read page by page, since a study may have more of them than should be held at once.
    private const int SubjectsPerPage = 100;

    private readonly Dialect _dialect;
    private readonly ArmSight _sight;

    public ExportScope(Database database, Study study, ArmSight sight, RuleSet? ruleSet, RuleSetStore ruleSets, TestCatalogue catalogue)
    {
        Study = study;
        _sight = sight;
        RuleSet = ruleSet;
        RuleSets = ruleSets;
        _dialect = database.Dialect;
        Connection = database.Read();
        Transaction = database.Dialect.BeginSnapshot(Connection);
        Windows = VisitWindowStore.Read(Connection, Transaction, study.StudyKey);
        Ranges = ReferenceRangeStore.InForce(Connection, Transaction, study.StudyKey);
        Tests = SeriesStore.TestNames(Connection, Transaction)
            .Select(name => (name.Key, Test: catalogue.FindKey(name.Value)))
            .Where(entry => entry.Test is not null)
            .ToDictionary(entry => entry.Key, entry => entry.Test!);
    }

    public Study Study { get; }

    /// <summary>Null: none was named.</summary>
    public RuleSet? RuleSet { get; }

    public RuleSetStore RuleSets { get; }

    public DbConnection Connection { get; }

    public DbTransaction Transaction { get; }

    public IReadOnlyList<VisitWindow> Windows { get; }

    public StudyRanges Ranges { get; }

    public IReadOnlyDictionary<long, TestDefinition> Tests { get; }

    /// <summary>The subjects by id, each with what grading looks at in it.</summary>
    public IEnumerable<(Subject Subject, SeriesSubject Facts)> Subjects()
    {
        for (var after = ""; ;)
        {
            var page = SubjectStore.List(Connection, Transaction, _dialect, Study.StudyKey, _sight, after, SubjectsPerPage);
            foreach (var subject in page)
            {
                yield return (subject, SeriesSubject.Of(subject, Study));
            }

            if (page.Count < SubjectsPerPage)
            {
                yield break;
            }

            after = page[^1].SubjectId;
        }
    }

    /// <summary>The study days a text can mean; null: there is no first dose or no date.</summary>
    public static StudyDays? Days(string text, SeriesSubject facts) =>
        facts.FirstDose is { } dose && PartialDateTime.TryRead(text, out var time, out _) ? StudyDays.Of(time, dose, facts.Zone) : null;

    public void Dispose()
    {
        Transaction.Dispose();
        Connection.Dispose();
    }
}

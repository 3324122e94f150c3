using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Derivation;

/// <summary>
/// Brings derived results up to date with the results in force, between take-up and grading. What it appends is then taken
/// up like any other result. Safe to run again at any time and to be killed anywhere: a chunk of subjects is one
/// transaction, and what is not committed still differs.
/// </summary>
public sealed class DerivationRun(
    Database database, SubjectStore subjects, SeriesStore series, DerivationStore derivations, CurrentCatalogue catalogue)
{
    private const int SubjectsInAChunk = 100;

    /// <summary>Looks at the subjects of a study that have a series of interest marked behind <paramref name="after"/>.</summary>
    /// <param name="study">The study.</param>
    /// <param name="after">A mark; null: looks at all subjects.</param>
    /// <param name="claim">The claim on <see cref="GradingShares.Intake"/>.</param>
    /// <param name="cancellation">Stops between two transactions.</param>
    /// <returns>How many results were appended.</returns>
    /// <exception cref="ShareLostException">Another server derives by now.</exception>
    public async Task<int> Run(Study study, long? after, ShareClaim claim, CancellationToken cancellation)
    {
        var tests = series.TestNames()
            .Where(row => Formulas.Tests.Contains(row.Value) || FlowPanels.Tests.Contains(row.Value))
            .ToDictionary(row => row.Key, row => catalogue.Value.FindKey(row.Value)!);
        var keys = after is { } mark
            ? series.MarkedSeries(study.StudyKey, mark).Where(marked => tests.ContainsKey(marked.TestKey)).Select(marked => marked.SubjectKey).ToHashSet()
            : null;
        if (tests.Count == 0 || keys is { Count: 0 })
        {
            return 0;
        }

        var appended = 0;
        foreach (var chunk in subjects.All(study.StudyKey).Where(subject => keys?.Contains(subject.SubjectKey) ?? true).Chunk(SubjectsInAChunk))
        {
            cancellation.ThrowIfCancellationRequested();
            appended += await Derive(study, chunk, tests, claim, cancellation).ConfigureAwait(false);
        }

        return appended;
    }

    // Read and computed beside the writer; it is asked only for subjects where something differs.
    private async Task<int> Derive(
        Study study, Subject[] chunk, Dictionary<long, TestDefinition> tests, ShareClaim claim, CancellationToken cancellation)
    {
        var changed = new List<(Subject Subject, DerivedOfSubject Expected)>();
        using (var connection = database.Read())
        using (var reader = new DerivationInputReader(database, connection))
        {
            foreach (var subject in chunk)
            {
                var expected = DerivedOfSubject.Of(reader.Read(subject, study, catalogue.Value, tests));
                if (DerivationStore.Differs(connection, study, subject, expected))
                {
                    changed.Add((subject, expected));
                }
            }
        }

        return changed.Count == 0 ? 0 : await database.Writer.Run(
            session =>
            {
                GradingShares.Require(session, claim);
                return changed.Sum(entry => derivations.Write(session, study, entry.Subject, entry.Expected, Test));
            },
            rows: changed.Sum(entry => entry.Expected.Results.Count),
            cancellation).ConfigureAwait(false);
    }

    private TestDefinition Test(string key) =>
        catalogue.Value.FindKey(key) ?? throw new InvalidOperationException($"Derived test {key} is not in the catalogue.");
}

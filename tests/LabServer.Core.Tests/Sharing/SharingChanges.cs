using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Histories;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// What users change while servers grade: subjects, what the study says of its results, its rule sets, and ranges of laboratories. One
/// is made after the other, each in one transaction, on whichever server; all of them again give the same study.
/// </summary>
internal sealed class SharingChanges
{
    private static readonly string[] MoreRuleSets = ["ctcae-4.03", "daids-2.1"];

    private readonly List<Func<TestStudy, Task>> _all = [];
    private int _made;
    private bool _isMaking;

    public SharingChanges(IEnumerable<SubjectStep> subjects, Random random)
    {
        _all.AddRange(subjects.Select(step => (Func<TestStudy, Task>)(study => study.Register(step.Subject))));
        for (var i = 0; i < 2; i++)
        {
            var settings = HistoryGroups.Settings(random);
            Put(random, study => study.Studies.ChangeSettings(study.Study.StudyKey, _ => settings, TestStudy.Tester, CancellationToken.None));
        }

        var ruleSet = MoreRuleSets[random.Next(MoreRuleSets.Length)];
        Put(random, study => study.Studies.AddRuleSets(study.Study.StudyKey, [ruleSet], TestStudy.Tester, CancellationToken.None));
        var (laboratory, ranges) = (HistoryGenerator.Laboratories[random.Next(HistoryGenerator.Laboratories.Count)], RangeGenerator.Make(random));
        Put(random, study => Import(study, laboratory, ranges));
    }

    /// <summary>Whether some are still to be made.</summary>
    public bool AreLeft => _made < _all.Count;

    /// <summary>The next one, for a server to make; null: there is none, or one is being made.</summary>
    public Func<TestStudy, Task>? Next()
    {
        if (_isMaking || !AreLeft)
        {
            return null;
        }

        _isMaking = true;
        return Make;
    }

    /// <summary>Makes all of them.</summary>
    public async Task MakeAll(TestStudy study)
    {
        foreach (var change in _all)
        {
            await change(study);
        }
    }

    private async Task Make(TestStudy study)
    {
        try
        {
            await _all[_made](study);
            _made++;
        }
        finally
        {
            // Where the server died before it was made another one makes it.
            _isMaking = false;
        }
    }

    private void Put(Random random, Func<TestStudy, Task> change) => _all.Insert(random.Next(_all.Count + 1), change);

    private static async Task Import(TestStudy study, string laboratory, IReadOnlyList<ModelRange> ranges)
    {
        var good = LaboratoryRangeChecks.Check([.. ranges.Select(HistoryRun.Sent)], study.Catalogue.Value, []);
        var newest = study.Ranges.Newest(study.Study.StudyKey, laboratory).Version;
        await study.Ranges.Import(
            study.Study, new RangeImportRequest(laboratory, newest, good.Ranges, Apply: true, "tester", ""), CancellationToken.None);
    }
}

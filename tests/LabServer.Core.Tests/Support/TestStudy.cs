using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Support;

/// <summary>A study in a database of its own, with everything Core does to results; no server.</summary>
public sealed class TestStudy : IAsyncDisposable
{
    public const string StudyId = "S1";
    public const string Laboratory = "CENTRAL";

    public static readonly Author Tester = new("tester", "a test");

    // Null: the database is somebody else's to remove.
    private readonly TestDatabase? _own;
    private readonly GradingRun _grading;

    private TestStudy(TestDatabase? own, Database database, RuleSetStore ruleSets, TimeProvider time)
    {
        _own = own;
        Database = database;
        Catalogue = CatalogueStore.Open(database, TestCatalogue.Default);
        var directory = new SubjectDirectory();
        var held = new HeldResults(Catalogue, directory, time);
        Studies = new StudyStore(database, time);
        Subjects = new SubjectStore(database, directory, held, time);
        Results = new ResultStore(database, directory, Catalogue, time);
        Series = new SeriesStore(database, Catalogue);
        Derivations = new DerivationStore(database, Results);
        Log = new EventLog(database, time);
        Alerts = new AlertStore(database, Catalogue, time);
        Lease = new ServerLease(database, "test", TimeSpan.FromSeconds(10));
        _grading = new GradingRun(
            database, Studies, Series, new GradeStore(ruleSets, Log, Alerts), ruleSets, Catalogue,
            new DerivationRun(database, Subjects, Series, Derivations, Catalogue),
            new GradingShares(database, Lease, time));
        Registered = new CatalogueStore(database, Catalogue, held, Studies, time);
        Events = new AdverseEventStore(database, ruleSets);
        Reviews = new ReviewStore(database, Events, Log, time);
        Reported = new ReportedEventStore(database, directory, Log, Alerts, time);
        Summaries = new SummaryStore(database, ruleSets);
        Explanations = new ExplanationStore(database, ruleSets, Catalogue);
        Flags = new FlagStore(database);
        Visits = new VisitWindowStore(database);
        Ranges = new ReferenceRangeStore(database, time);
        Outdated = new OutdatedRanges(database, Subjects, Series, Catalogue);
        Adlb = new AdlbExport(database, ruleSets, Catalogue);
        Exports = new DatasetExports(database, ruleSets, Catalogue);
        RuleSets = ruleSets;
        Trail = new AuditTrail(database);
    }

    public Database Database { get; }

    public ServerLease Lease { get; }

    public CurrentCatalogue Catalogue { get; }

    public CatalogueStore Registered { get; }

    public StudyStore Studies { get; }

    public SubjectStore Subjects { get; }

    public ResultStore Results { get; }

    public SeriesStore Series { get; }

    public DerivationStore Derivations { get; }

    public AdverseEventStore Events { get; }

    public EventLog Log { get; }

    public AlertStore Alerts { get; }

    public ReviewStore Reviews { get; }

    public ReportedEventStore Reported { get; }

    public SummaryStore Summaries { get; }

    public ExplanationStore Explanations { get; }

    public FlagStore Flags { get; }

    public VisitWindowStore Visits { get; }

    public ReferenceRangeStore Ranges { get; }

    public OutdatedRanges Outdated { get; }

    public AdlbExport Adlb { get; }

    public DatasetExports Exports { get; }

    public RuleSetStore RuleSets { get; }

    public AuditTrail Trail { get; }

    public Study Study => Studies.Find(StudyId)!;

    public static async Task<TestStudy> Create(string timeZone = "UTC", params string[] ruleSets)
    {
        var own = TestDatabase.Create();
        var database = Database.Open(own.Dialect, TimeProvider.System, session => RuleSetStore.Register(session, Core.Grading.RuleSets.All));
        var study = new TestStudy(own, database, new RuleSetStore(database, Core.Grading.RuleSets.All), TimeProvider.System);
        await study.Studies.Create(
            new Study { StudyId = StudyId, TimeZone = timeZone, RuleSets = ruleSets.Length > 0 ? ruleSets : [Study.DefaultRuleSet], Arms = ["A", "B"] },
            Tester,
            CancellationToken.None);
        return study;
    }

    /// <summary>One more server on a database in which there is a study already.</summary>
    public static TestStudy Join(Dialect dialect, TimeProvider time)
    {
        var database = Database.Open(dialect, time, session => RuleSetStore.Register(session, Core.Grading.RuleSets.All));
        return new TestStudy(null, database, new RuleSetStore(database, Core.Grading.RuleSets.All), time);
    }

    public Task<SubjectImport> Register(params Subject[] subjects) => Subjects.Import(Study, ArmSight.Unblinded, subjects, Tester, CancellationToken.None);

    public Task<SubjectImport> Register(string subjectId, string arm = "A", string firstDoseAt = "2021-03-01") =>
        Register(new Subject { SubjectId = subjectId, Arm = arm, PlannedArm = arm, Sex = Sex.Male, FirstDoseAt = firstDoseAt });

    public async Task<ResultOutcome[]> Push(params LabResult[] results)
    {
        var study = Study;
        var context = new CheckContext(TimeProvider.System, study.Zone(), Catalogue.Value);
        return await Results.Append(
            new ResultBatch(study, Laboratory, "tester", context, [.. results.Select(result => ResultChecks.Check(result, context))]), CancellationToken.None);
    }

    /// <summary>Whether a grading run is under way.</summary>
    public bool IsGrading => _grading.IsRunning;

    public Task<GradingCounts> Grade() => _grading.RunIncremental(null, _ => { }, CancellationToken.None);

    public Task<GradingCounts> GradeFully() => _grading.RunFull(StudyId, _ => { }, CancellationToken.None);

    public Task<int> ReleaseKnown() => Registered.ReleaseKnown(Tester, CancellationToken.None);

    public IReadOnlyList<AdverseEvent> AllEvents() => Events.List(new AdverseEventQuery { StudyKey = Study.StudyKey, Take = 1000 });

    public IReadOnlyList<EventChange> AllChanges() => Log.Read(new EventChangeQuery { StudyKey = Study.StudyKey, Take = 1000 });

    public IReadOnlyList<Alert> AllAlerts() => Alerts.List(Study.StudyKey, null, 0, 1000);

    /// <summary>The whole incidence table under the default rule set.</summary>
    public IncidenceTable Incidence() => Summaries.Incidence(Study, ArmSight.Unblinded, new IncidenceQuery { RuleSetIds = [Core.Study.DefaultRuleSet] }).Whole;

    /// <summary>The whole audit trail, in order, with what it says of arms.</summary>
    public List<StoredAuditEntry> AllEntries() => [.. Trail.Read(0, Trail.Anchor().Number, ArmSight.Unblinded)];

    public Task Execute(string sql) =>
        Database.Writer.Run(session => session.Connection.Execute(sql, transaction: session.Transaction), rows: 1, CancellationToken.None);

    public Task<long> Count(string sql)
    {
        using var connection = Database.Read();
        return Task.FromResult(connection.ExecuteScalar<long>(sql));
    }

    public static LabResult Alt(string id, string value, string collectedAt, string subjectId = "01", long version = 1) => new()
    {
        StudyId = StudyId,
        Laboratory = Laboratory,
        SourceResultId = id,
        Version = version,
        SubjectId = subjectId,
        TestCode = "ALT",
        ReportedValue = value,
        ReportedUnit = "U/L",
        ReferenceLow = "5",
        ReferenceHigh = "40",
        CollectedAt = collectedAt,
    };

    public async ValueTask DisposeAsync()
    {
        _grading.Dispose();
        await Database.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }
}

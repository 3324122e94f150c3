using System.Globalization;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Reports;
using LabServer.Core.Storage;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Role = LabServer.Core.Access.Role;
using Trial = LabServer.Tests.Support.Trial;
using WireRole = LabServer.Api.V1.Role;

namespace LabServer.Tests.Access;

/// <summary>A server with a trial of eight subjects whose arms, and with them treatments and amounts, are as told; all else is the same.</summary>
internal sealed class BlindedTwin : IAsyncDisposable
{
    public const string Study = "BLIND";

    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    // What a server logs of calls is compared too; by default it says next to nothing.
    private static readonly Dictionary<string, string?> Chatty = new()
    {
        ["Logging:LogLevel:Default"] = "Debug",
        ["Logging:LogLevel:Grpc"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting"] = "Information",
    };

    private readonly Dictionary<Role, string> _keys = [];

    private BlindedTwin(ServerFixture server) => Server = server;

    public ServerFixture Server { get; }

    public string KeyOf(Role role) => _keys[role];

    /// <summary>A key of a statistician who was granted to see the arms.</summary>
    public string UnblindedKey { get; private set; } = "";

    /// <summary>Loads the trial.</summary>
    /// <param name="arms">Arms of the study, in its order.</param>
    /// <param name="armOf">The arm of each subject, by its number from 0.</param>
    public static async Task<BlindedTwin> Start(string[] arms, string[] armOf)
    {
        var twin = new BlindedTwin(await ServerFixture.Start(Chatty, new StoppedTime(Now)));
        await twin.Load(arms, armOf);
        foreach (var role in RolePermissions.Roles.Where(role => role is not (Role.Admin or Role.Laboratory)))
        {
            twin._keys[role] = (await twin.Server.Access.CreateKeyAsync(new CreateKeyRequest { Name = role.Word(), Role = (WireRole)role })).Text;
        }

        twin._keys[Role.Laboratory] = (await twin.Server.Access.CreateKeyAsync(
            new CreateKeyRequest { Name = "laboratory", Role = WireRole.Laboratory, Laboratories = { Trial.Laboratory } })).Text;
        twin.UnblindedKey = (await twin.Server.Access.CreateKeyAsync(new CreateKeyRequest
        {
            Name = "unblinded",
            Role = WireRole.Statistician,
            UnblindedStudies = { Study },
            Reason = "analysis of the closed study",
        })).Text;
        return twin;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task Load(string[] arms, string[] armOf)
    {
        await Server.Studies.CreateStudyAsync(new CreateStudyRequest
        {
            Study = new Study { StudyId = Study, RuleSets = { "ctcae-5.0", "ctcae-4.03" }, Arms = { arms } },
        });
        await Server.Studies.SetVisitWindowsAsync(new SetVisitWindowsRequest
        {
            StudyId = Study,
            Windows = { new VisitWindow { Visit = "Week 1", VisitNumber = "2", FirstDay = 5, LastDay = 10 } },
        });
        await Server.Studies.ImportSubjectsAsync(new ImportSubjectsRequest { StudyId = Study, Subjects = { armOf.Select(Subject) } });
        await Server.Studies.ImportDosesAsync(new ImportDosesRequest { StudyId = Study, Doses = { armOf.Select(Dose) } });
        await Server.Ingestion.SubmitResultsAsync(new SubmitResultsRequest
        {
            StudyId = Study,
            Laboratory = Trial.Laboratory,
            Results = { armOf.SelectMany((_, number) => Results(number)) },
        });
        await Server.AdverseEvents.ReportAdverseEventAsync(new ReportAdverseEventRequest { StudyId = Study, Reports = { Cough("R1", "S2") } });
        await Server.Services.GetRequiredService<Core.Grading.GradingRun>().RunIncremental(Study, _ => { }, CancellationToken.None);
        await Server.Services.GetRequiredService<SafetyReportRun>().Make(
            Server.Services.GetRequiredService<StudyStore>().Find(Study)!, "run-1", _ => { }, CancellationToken.None);
    }

    /// <summary>A reported event.</summary>
    public static EventReport Cough(string id, string subject) => new()
    {
        ReportId = id,
        SubjectId = subject,
        ReportedTerm = "Cough",
        SystemOrganClass = "Respiratory",
        Onset = "2021-03-08",
        Grade = 2,
    };

    private static Subject Subject(string arm, int number) => new()
    {
        SubjectId = Id(number),
        Arm = arm,
        PlannedArm = arm,
        Sex = number % 2 == 0 ? Sex.Female : Sex.Male,
        BirthDate = "1960-01-02",
        FirstDoseAt = number == 7 ? "" : "2021-03-01",
        SiteId = number < 4 ? "N" : "S",
        Attributes = { { "severity", number % 3 == 0 ? "severe" : "mild" } },
    };

    // What is given of one arm is nothing of the other: names and amounts both tell.
    private static Dose Dose(string arm, int number) => new()
    {
        SubjectId = Id(number),
        DoseId = "1",
        Treatment = arm,
        Amount = arm.Length.ToString(CultureInfo.InvariantCulture),
        Unit = arm[..1],
        StartAt = "2021-03-01",
    };

    private static IEnumerable<LabResult> Results(int number)
    {
        var subject = Id(number);
        foreach (var (day, factor) in new[] { ("2021-02-28", 1), ("2021-03-07", 1 + number), ("2021-03-20", 2 * number) })
        {
            yield return Trial.Alt($"{subject}/{day}/ALT", Number(20 * factor), day, subject);
            yield return Trial.Potassium($"{subject}/{day}/K", Number(4 + factor / 4), day, subject);
            yield return With("AST", Number(15 * factor), "U/L", "40");
            yield return With("BILI", Number(8 * factor), "umol/L", "20");
            yield return With("NEUTPOS", number % 2 == 0 ? "POSITIVE" : "NEGATIVE", "", "");
            yield return With("PAINNRS", Number(Math.Min(factor, 9)), "", "");

            LabResult With(string test, string value, string unit, string high) => new()
            {
                SourceResultId = $"{subject}/{day}/{test}",
                SubjectId = subject,
                TestCode = test,
                ReportedValue = value,
                ReportedUnit = unit,
                ReferenceHigh = high,
                CollectedAt = day,
            };
        }

        if (number == 3)
        {
            yield return Trial.Alt("held", "20", "2021-03-07", "NOBODY");
            yield return Trial.Alt("bad", "", "2021-03-07", subject);
            yield return new LabResult { SourceResultId = "no range", SubjectId = subject, TestCode = "LDH", ReportedValue = "300", ReportedUnit = "U/L", CollectedAt = "2021-03-07" };
        }
    }

    private static string Id(int number) => FormattableString.Invariant($"S{number}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

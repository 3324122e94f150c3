using Google.Protobuf;
using LabServer.Api.V1;
using Trial = LabServer.Tests.Support.Trial;

namespace LabServer.Tests.Torture;

/// <summary>
/// A good request of every RPC that keeps a text, made anew for each number so that no two write the same: what changes nothing
/// is not written, and its reason neither. (Which is why rule sets of a study, which can be added once, are not among them.)
/// </summary>
internal sealed class InjectedRequests(string study, string eventId, IReadOnlyList<string> alertIds)
{
    public IReadOnlyDictionary<string, Func<int, IMessage>> All { get; } = new Dictionary<string, Func<int, IMessage>>
    {
        ["CreateStudy"] = n => new CreateStudyRequest { Study = new Study { StudyId = $"NEW-{n}", RuleSets = { "ctcae-5.0" } }, Reason = "new" },
        ["ImportSubjects"] = n => new ImportSubjectsRequest { StudyId = study, Reason = "more", Subjects = { new Subject { SubjectId = $"S-{n}", Arm = "A", Sex = Sex.Female } } },
        ["ImportDoses"] = n => new ImportDosesRequest { StudyId = study, Reason = "more", Doses = { new Dose { SubjectId = "01", DoseId = $"D-{n}", Treatment = "T", Amount = "3", Unit = "mg", StartAt = "2021-03-01" } } },
        ["SubmitResults"] = n => new SubmitResultsRequest { StudyId = study, Laboratory = "L", Results = { Trial.Alt($"R-{n}", "30") } },
        ["ImportReferenceRanges"] = n => new ImportReferenceRangesRequest { StudyId = study, Laboratory = $"LAB-{n}", Apply = true, Reason = "first", Ranges = { new ReferenceRange { TestCode = "LDH", Low = "1", High = "250", Unit = "U/L" } } },
        ["ReportAdverseEvent"] = n => new ReportAdverseEventRequest
        {
            StudyId = study,
            Reports = { new EventReport { ReportId = $"E-{n}", SubjectId = "01", ReportedTerm = "Cough", SystemOrganClass = "Respiratory", Onset = "2021-03-08", Grade = 2 } },
        },
        ["ReviewAdverseEvent"] = n => new ReviewAdverseEventRequest { StudyId = study, EventId = eventId, Relatedness = (Relatedness)(1 + (n % 5)), Serious = YesNo.No, Outcome = EventOutcome.NotRecovered, Comment = $"seen {n}" },
        ["AcknowledgeAlert"] = n => new AcknowledgeAlertRequest { StudyId = study, AlertId = alertIds[n % alertIds.Count], Comment = $"seen {n}" },
        ["RegisterTestAlias"] = n => new RegisterTestAliasRequest { Alias = $"ALIAS-{n}", TestKey = "ALT" },
        ["RegisterUnitSynonym"] = n => new RegisterUnitSynonymRequest { TestKey = "ALT", ReportedUnit = $"unit {n}", Unit = "U/L" },
        ["SetVisitWindows"] = n => new SetVisitWindowsRequest { StudyId = study, Reason = "changed", Windows = { new VisitWindow { Visit = $"Visit {n}", VisitNumber = "2", FirstDay = 5, LastDay = 10 } } },
        ["ChangeStudySettings"] = n => new ChangeStudySettingsRequest { StudyId = study, Reason = "changed", Settings = new StudySettings { NeutralisationCutoff = 20 + (n % 50) } },
        ["CreateKey"] = n => new CreateKeyRequest { Name = $"key-{n}", Role = Role.Statistician, UnblindedStudies = { study }, Reason = "granted" },
        ["UnblindSubject"] = _ => new UnblindSubjectRequest { StudyId = study, SubjectId = "01", Reason = "must be known" },
    };
}

using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Audit;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Jobs;

namespace LabServer.Studies;

internal sealed partial class StudiesService(
    StudyStore studies, SubjectStore subjects, SeriesStore series, RuleSetStore ruleSets, VisitWindowStore visits, StudyLookup lookup,
    JobSchedule schedule, DoseStore doses, Dialect dialect, TimeProvider time)
    : Api.V1.StudiesService.StudiesServiceBase
{
    private const int MaximumSubjects = 5_000;

    [Needs(Permission.CreateStudies)]
    public override async Task<CreateStudyResponse> CreateStudy(CreateStudyRequest request, ServerCallContext context)
    {
        var by = Author(request.Reason, context);
        var study = StudyMapping.ToStudy(request.Study ?? new Api.V1.Study());
        var faults = StudyChecks.Check(study, ruleSets.RuleSets.Values)
            .Select(fault => ("study." + fault.Field, fault.Message))
            .ToList();
        if (JobSchedule.FaultOf("full_grading_cron", study.FullGradingCron) is { } grading)
        {
            faults.Add(("study.full_grading_cron", grading));
        }

        if (JobSchedule.FaultOf("report_cron", study.ReportCron) is { } report)
        {
            faults.Add(("study.report_cron", report));
        }

        if (faults.Count > 0)
        {
            throw RpcErrors.InvalidArgument("STUDY_INVALID", faults);
        }

        if (!await studies.Create(study with { RuleSets = Resolve(study.RuleSets) }, by, context.CancellationToken))
        {
            throw RpcErrors.AlreadyExists("study", study.StudyId);
        }

        var stored = lookup.Find(context, study.StudyId);
        // Not the caller's to cancel; and if the server ends here, the next start schedules it.
        await schedule.Soon(() => schedule.ScheduleStudy(stored, CancellationToken.None));
        return new CreateStudyResponse { Study = ToMessage(stored) };
    }

    [Needs(Permission.ReadStudies)]
    public override Task<GetStudyResponse> GetStudy(GetStudyRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var counts = studies.Count(study.StudyKey);
        return Task.FromResult(new GetStudyResponse
        {
            Study = ToMessage(study),
            Subjects = counts.Subjects,
            SafetySubjects = counts.SafetySubjects,
            Results = counts.Results,
            Held = counts.Held,
            Rejected = counts.Rejected,
            DerivedResults = counts.Derived,
            Pending = series.CountPending(study.StudyKey),
            VisitWindows = { visits.Of(study.StudyKey).Select(StudyMapping.ToMessage) },
        });
    }

    [Needs(Permission.ReadStudies)]
    public override Task<ListStudiesResponse> ListStudies(ListStudiesRequest request, ServerCallContext context)
    {
        var take = PageTokens.Size(request.PageSize);
        var page = lookup.List(context, PageTokens.Read(request.PageToken, 1)?[0] ?? "", take).ToList();
        return Task.FromResult(new ListStudiesResponse
        {
            Studies = { page.Select(ToMessage) },
            NextPageToken = page.Count == take ? PageTokens.Write(page[^1].StudyId) : "",
        });
    }

    [Needs(Permission.ChangeStudies)]
    public override async Task<AddRuleSetsResponse> AddRuleSets(AddRuleSetsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var by = Author(request.Reason, context);
        if (StudyChecks.CheckRuleSets(request.RuleSets, ruleSets.RuleSets.Values) is { Count: > 0 } faults)
        {
            throw RpcErrors.InvalidArgument("RULE_SET_UNKNOWN", faults.Select(fault => (fault.Field, fault.Message)));
        }

        await studies.AddRuleSets(study.StudyKey, Resolve(request.RuleSets), by, context.CancellationToken);
        return new AddRuleSetsResponse { Study = ToMessage(lookup.Find(context, request.StudyId)) };
    }

    [Needs(Permission.ChangeStudies)]
    public override async Task<ChangeStudySettingsResponse> ChangeStudySettings(ChangeStudySettingsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var by = Author(request.Reason, context);
        var faults = StudyChecks.CheckSettings(StudyMapping.Change(study.Settings, request.Settings))
            .Select(fault => ("settings." + fault.Field, fault.Message))
            .ToList();
        if (request.HasReportCron && JobSchedule.FaultOf("report_cron", request.ReportCron) is { } fault)
        {
            faults.Add(("report_cron", fault));
        }

        if (faults.Count > 0)
        {
            throw RpcErrors.InvalidArgument("SETTINGS_INVALID", faults);
        }

        await studies.ChangeSettings(study.StudyKey, before => StudyMapping.Change(before, request.Settings), by, context.CancellationToken);
        if (request.HasReportCron)
        {
            await studies.ChangeReportCron(study.StudyKey, request.ReportCron, by, context.CancellationToken);
            // As for a new study: not the caller's to cancel.
            var changed = lookup.Find(context, request.StudyId);
            await schedule.Soon(() => schedule.ScheduleStudy(changed, CancellationToken.None));
        }

        return new ChangeStudySettingsResponse { Study = ToMessage(lookup.Find(context, request.StudyId)) };
    }

    [Needs(Permission.ChangeStudies)]
    public override async Task<SetVisitWindowsResponse> SetVisitWindows(SetVisitWindowsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var by = Author(request.Reason, context);
        var windows = request.Windows.Select(StudyMapping.ToWindow).ToList();
        if (VisitWindowChecks.Check(windows) is { Count: > 0 } faults)
        {
            throw RpcErrors.InvalidArgument("VISIT_WINDOWS_INVALID", faults.Select(fault => (fault.Field, fault.Message)));
        }

        await visits.Set(study.StudyKey, windows, by, context.CancellationToken);
        return new SetVisitWindowsResponse { Windows = { visits.Of(study.StudyKey).Select(StudyMapping.ToMessage) } };
    }

    [Needs(Permission.ChangeSubjects)]
    public override async Task<ImportSubjectsResponse> ImportSubjects(ImportSubjectsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var by = Author(request.Reason, context);
        if (request.Subjects.Count > MaximumSubjects)
        {
            throw RpcErrors.InvalidArgument("TOO_MANY_SUBJECTS", "subjects", $"holds {request.Subjects.Count}, at most {MaximumSubjects} are taken at once");
        }

        if (request.Subjects.Any(subject => subject.Arm.Length > 0 || subject.PlannedArm.Length > 0))
        {
            context.RequireSight(study);
        }

        var response = new ImportSubjectsResponse();
        var good = new List<(int Position, Core.Subject Subject)>();
        for (var position = 0; position < request.Subjects.Count; position++)
        {
            var subject = StudyMapping.ToSubject(request.Subjects[position]);
            var faults = SubjectChecks.Check(subject, dialect.IgnoresBlanksAtTheEnd);
            response.Dispositions.Add(SubjectDisposition.Rejected);
            if (faults.Count == 0)
            {
                good.Add((position, subject));
            }
            else
            {
                response.Faults.Add(new SubjectFaults { Position = position, Faults = { faults.Select(Faults.ToMessage) } });
            }
        }

        var import = await subjects.Import(study, context.SightOf(study), [.. good.Select(entry => entry.Subject)], by, context.CancellationToken);
        for (var i = 0; i < good.Count; i++)
        {
            response.Dispositions[good[i].Position] = (SubjectDisposition)import.Changes[i];
        }

        response.ReleasedResults = import.Released;
        return response;
    }

    [Needs(Permission.ReadSubjects)]
    public override Task<ListSubjectsResponse> ListSubjects(ListSubjectsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var page = subjects.List(study.StudyKey, context.SightOf(study), PageTokens.Read(request.PageToken, 1)?[0] ?? "", take);
        return Task.FromResult(new ListSubjectsResponse
        {
            Subjects = { page.Select(StudyMapping.ToMessage) },
            NextPageToken = page.Count == take ? PageTokens.Write(page[^1].SubjectId) : "",
        });
    }

    private static Core.Audit.Author Author(string reason, ServerCallContext context) => context.Author(ReasonChecks.Checked(reason));

    // A study keeps the very version it was given: a newer one is another set, which it has to be given too.
    private string[] Resolve(IEnumerable<string> references) =>
        [.. references.Select(reference => RuleSetReference.Find(ruleSets.RuleSets.Values, reference)!.Id).Distinct()];

    private Api.V1.Study ToMessage(Core.Study study) => StudyMapping.ToMessage(study, ruleSets.Of(study));
}

using System.Globalization;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Studies;

internal sealed partial class StudiesService
{
    private const int MaximumDoses = 5_000;

    [Needs(Permission.ChangeSubjects)]
    public override async Task<ImportDosesResponse> ImportDoses(ImportDosesRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var by = Author(request.Reason, context);
        // A record says what was given, and what becomes of it says whether that is on file: blinded, there is nothing to import.
        context.RequireSight(study);
        if (request.Doses.Count > MaximumDoses)
        {
            throw RpcErrors.InvalidArgument("TOO_MANY_DOSES", "doses", $"holds {request.Doses.Count}, at most {MaximumDoses} are taken at once");
        }

        var response = new ImportDosesResponse();
        var (zone, nowUs) = (study.Zone(), Clock.NowUs(time));
        var good = new List<(int Position, Core.Dose Dose)>();
        for (var position = 0; position < request.Doses.Count; position++)
        {
            var dose = DoseMapping.ToDose(request.Doses[position]);
            var faults = DoseChecks.Check(dose, zone, nowUs, dialect.IgnoresBlanksAtTheEnd);
            response.Dispositions.Add(DoseDisposition.Rejected);
            if (faults.Count == 0)
            {
                good.Add((position, dose));
            }
            else
            {
                response.Faults.Add(new DoseFaults { Position = position, Faults = { faults.Select(Faults.ToMessage) } });
            }
        }

        var changes = await doses.Import(study, [.. good.Select(entry => entry.Dose)], by, context.CancellationToken);
        for (var i = 0; i < good.Count; i++)
        {
            if (changes[i] == DoseChange.SubjectUnknown)
            {
                var fault = new Core.Fault(FaultCode.SubjectUnknown, "subject_id", "The study has no such subject.");
                response.Faults.Add(new DoseFaults { Position = good[i].Position, Faults = { Faults.ToMessage(fault) } });
            }
            else
            {
                response.Dispositions[good[i].Position] = (DoseDisposition)changes[i];
            }
        }

        return response;
    }

    [Needs(Permission.ReadSubjects)]
    public override Task<ListDosesResponse> ListDoses(ListDosesRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        if (request.SubjectId.Length > 0 && subjects.Find(study.StudyKey, ArmSight.Blinded, request.SubjectId) is null)
        {
            throw RpcErrors.NotFound("subject", request.SubjectId);
        }

        var query = new DoseQuery
        {
            StudyKey = study.StudyKey,
            Sight = context.SightOf(study),
            SubjectId = request.SubjectId,
            Take = PageTokens.Size(request.PageSize),
        };
        if (PageTokens.Read(request.PageToken, 3) is [var subject, var startUs, var dose])
        {
            query = query with { AfterSubject = subject, AfterUs = PageTokens.Number(startUs), AfterDose = dose };
        }

        var page = doses.List(query);
        return Task.FromResult(new ListDosesResponse
        {
            Doses = { page.Select(entry => DoseMapping.ToMessage(entry.Dose)) },
            NextPageToken = page.Count == query.Take
                ? PageTokens.Write(page[^1].Dose.SubjectId, page[^1].StartUs.ToString(CultureInfo.InvariantCulture), page[^1].Dose.DoseId)
                : "",
        });
    }
}

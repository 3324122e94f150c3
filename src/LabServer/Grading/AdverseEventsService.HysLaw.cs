using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using Candidate = LabServer.Core.Grading.HysLawCandidate;
using Result = LabServer.Core.Grading.LiverResult;

namespace LabServer.Grading;

internal sealed partial class AdverseEventsService
{
    [Needs(Permission.ReadEvents)]
    public override Task<ListHysLawCandidatesResponse> ListHysLawCandidates(ListHysLawCandidatesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListHysLawCandidatesResponse { Candidates = { hysLaw.Candidates(lookup.Find(context, request.StudyId)).Select(ToMessage) } });

    private static HysLawCandidate ToMessage(Candidate candidate)
    {
        var message = new HysLawCandidate
        {
            SubjectId = candidate.SubjectId,
            Transaminase = ToMessage(candidate.Transaminase),
            Bilirubin = ToMessage(candidate.Bilirubin),
            AlpUnderTwice = (YesNo)candidate.AlpUnderTwice,
        };
        if (candidate.DaysApart is { } days)
        {
            message.DaysApart = days;
        }

        if (candidate.Alp is { } alp)
        {
            message.Alp = ToMessage(alp);
        }

        return message;
    }

    private static LiverResult ToMessage(Result result) => new()
    {
        Test = result.Test,
        Laboratory = result.Laboratory,
        SourceResultId = result.SourceResultId,
        CollectedAt = result.CollectedAt,
        TimesUpperLimit = result.TimesUpperLimit ?? 0,
    };
}

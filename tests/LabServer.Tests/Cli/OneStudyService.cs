using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Tests.Cli;

/// <summary>Knows the study S1 and nothing else, and remembers the headers it was asked with.</summary>
internal sealed class OneStudyService : StudiesService.StudiesServiceBase
{
    /// <summary>Value of the header <c>authorization</c> of the last call.</summary>
    public string? Authorization { get; private set; }

    public override Task<GetStudyResponse> GetStudy(GetStudyRequest request, ServerCallContext context)
    {
        Authorization = context.RequestHeaders.GetValue("authorization");
        return request.StudyId == "S1"
            ? Task.FromResult(new GetStudyResponse { Study = new Study { StudyId = "S1", RuleSets = { "ctcae-5.0" } }, Subjects = 3 })
            : throw new RpcException(new Status(StatusCode.NotFound, $"There is no study {request.StudyId}."));
    }
}

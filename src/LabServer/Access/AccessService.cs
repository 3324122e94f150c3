using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Audit;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Storage;
using LabServer.Grading;
using LabServer.Studies;

namespace LabServer.Access;

internal sealed class AccessService(
    StudyLookup lookup, ApiKeyStore keys, UnblindingStore unblinding, TimeProvider time)
    : Api.V1.AccessService.AccessServiceBase
{
    [Needs(Permission.Call)]
    public override Task<GetCallerResponse> GetCaller(GetCallerRequest request, ServerCallContext context) =>
        Task.FromResult(KeyMapping.ToMessage(context.Caller()));

    [Needs(Permission.ManageKeys)]
    public override async Task<CreateKeyResponse> CreateKey(CreateKeyRequest request, ServerCallContext context)
    {
        if (request.ExpiresAt is { } at && !EventMapping.IsTimestamp(at))
        {
            throw RpcErrors.InvalidArgument("KEY_INVALID", "expires_at", "is not a time");
        }

        var wanted = KeyMapping.ToKey(request, context.CallerName());
        if (ApiKeyChecks.Check(wanted, Clock.NowUs(time)) is { Count: > 0 } faults)
        {
            throw RpcErrors.InvalidArgument("KEY_INVALID", faults.Select(fault => (fault.Field, fault.Message)));
        }

        foreach (var study in wanted.Studies.Union(wanted.UnblindedStudies))
        {
            lookup.Find(context, study);
        }

        return await keys.Create(wanted, context.CancellationToken) is var (key, text)
            ? new CreateKeyResponse { Key = KeyMapping.ToMessage(key, Clock.NowUs(time)), Text = text }
            : throw RpcErrors.AlreadyExists("key", wanted.Name);
    }

    [Needs(Permission.ReadKeys)]
    public override Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context)
    {
        var after = PageTokens.Read(request.PageToken, 1)?[0] ?? "";
        var take = PageTokens.Size(request.PageSize);
        var page = keys.All().Where(key => string.CompareOrdinal(key.Name, after) > 0).Take(take).ToList();
        return Task.FromResult(new ListKeysResponse
        {
            Keys = { page.Select(key => KeyMapping.ToMessage(key, Clock.NowUs(time))) },
            NextPageToken = page.Count == take ? PageTokens.Write(page[^1].Name) : "",
        });
    }

    [Needs(Permission.ManageKeys)]
    public override async Task<RevokeKeyResponse> RevokeKey(RevokeKeyRequest request, ServerCallContext context)
    {
        if (request.Name.Length == 0)
        {
            throw RpcErrors.InvalidArgument("NAME_MISSING", "name", "is required");
        }

        var by = context.Author(ReasonChecks.Checked(request.Reason));
        var key = await keys.Revoke(request.Name, by, context.CancellationToken) ?? throw RpcErrors.NotFound("key", request.Name);
        return new RevokeKeyResponse { Key = KeyMapping.ToMessage(key, Clock.NowUs(time)) };
    }

    [Needs(Permission.Unblind)]
    public override async Task<UnblindSubjectResponse> UnblindSubject(UnblindSubjectRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        List<Core.Fault> faults = [.. new[] { ApiKeyChecks.CheckReason(request.Reason) }.OfType<Core.Fault>()];
        if (request.SubjectId.Length == 0)
        {
            faults.Insert(0, new Core.Fault(FaultCode.FieldMissing, "subject_id", "is required"));
        }

        if (faults.Count > 0)
        {
            throw RpcErrors.InvalidArgument("UNBLINDING_INVALID", faults.Select(fault => (fault.Field, fault.Message)));
        }

        var found = await unblinding.Unblind(study, request.SubjectId, context.CallerName(), request.Reason, context.CancellationToken)
            ?? throw RpcErrors.NotFound("subject", request.SubjectId);
        return new UnblindSubjectResponse { SubjectId = request.SubjectId, Arm = found.Arm, PlannedArm = found.PlannedArm };
    }
}

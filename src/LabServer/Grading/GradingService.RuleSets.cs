using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Audit;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using RuleSet = LabServer.Core.Grading.RuleSet;

namespace LabServer.Grading;

internal sealed partial class GradingService
{
    private const int MaximumContent = 1024 * 1024;

    [Needs(Permission.ReadRuleSets)]
    public override Task<ListRuleSetsResponse> ListRuleSets(ListRuleSetsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListRuleSetsResponse
        {
            RuleSets = { ruleSets.RuleSets.Values.OrderBy(set => set.Name, StringComparer.Ordinal).ThenBy(set => set.Version).Select(ToMessage) },
        });

    [Needs(Permission.ReadRuleSets)]
    public override Task<GetRuleSetResponse> GetRuleSet(GetRuleSetRequest request, ServerCallContext context)
    {
        if (request.RuleSetId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("RULE_SET_MISSING", "rule_set_id", "is required");
        }

        var found = RuleSetReference.Find(ruleSets.RuleSets.Values, request.RuleSetId) ?? throw RpcErrors.NotFound("rule set", request.RuleSetId);
        return Task.FromResult(new GetRuleSetResponse
        {
            RuleSet = ToMessage(found),
            Content = ByteString.CopyFrom(ruleSets.Published(found)?.Content ?? RuleSets.FileOf(found)),
        });
    }

    [Needs(Permission.PublishRuleSets)]
    public override async Task<PublishRuleSetResponse> PublishRuleSet(PublishRuleSetRequest request, ServerCallContext context)
    {
        CheckSize(request.Content);
        var reason = ReasonChecks.Checked(request.Reason);
        var publication = await ruleSets.Publish(request.Content.Memory, context.CallerName(), reason, time, context.CancellationToken);
        return publication.RuleSet is { } published
            ? new PublishRuleSetResponse { RuleSet = ToMessage(published), AlreadyPublished = publication.AlreadyPublished }
            : throw RpcErrors.InvalidArgument("RULE_SET_INVALID", publication.Faults.Select(fault => ("content", fault)));
    }

    [Needs(Permission.ReadRuleSets)]
    public override Task<ValidateRuleSetResponse> ValidateRuleSet(ValidateRuleSetRequest request, ServerCallContext context)
    {
        CheckSize(request.Content);
        return Task.FromResult(new ValidateRuleSetResponse { Faults = { ruleSets.Check(request.Content.Memory).Faults } });
    }

    private static void CheckSize(ByteString content)
    {
        if (content.Length is 0 or > MaximumContent)
        {
            throw RpcErrors.InvalidArgument(
                "RULE_SET_SIZE", "content", string.Create(CultureInfo.InvariantCulture, $"must be 1 to {MaximumContent} bytes, it has {content.Length}"));
        }
    }

    private Api.V1.RuleSet ToMessage(RuleSet set)
    {
        var published = ruleSets.IsBuiltIn(set) ? null : ruleSets.Published(set);
        return new Api.V1.RuleSet
        {
            RuleSetId = set.Name,
            Version = set.Version,
            Title = set.Title,
            Sha256 = set.Hash,
            Terms = set.Terms.Count,
            BuiltIn = published is null,
            PublishedBy = published?.PublishedBy ?? "",
            PublishedAt = published is null ? null : Clock.FromUs(published.PublishedUs).ToTimestamp(),
            Reason = published?.Reason ?? "",
            Extends = set.Base is { } extended ? string.Create(CultureInfo.InvariantCulture, $"{extended.Name}@{extended.Version}") : "",
        };
    }
}

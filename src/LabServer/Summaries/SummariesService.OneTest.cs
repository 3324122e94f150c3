using Grpc.Core;
using LabServer.Core;
using LabServer.Core.Ingestion;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

/// <content>What the summaries of one test have in common.</content>
internal sealed partial class SummariesService
{
    private (Study Study, TestDefinition Test) Find(
        ServerCallContext context, string studyId, string test, string splitBy, IReadOnlyList<string> arms)
    {
        var study = lookup.Find(context, studyId);
        if (string.IsNullOrWhiteSpace(test))
        {
            throw RpcErrors.InvalidArgument("TEST_MISSING", "test", "is required");
        }

        strata.Require(context, study, splitBy, arms, compared: false);
        return (study, values.FindTest(test) ?? throw RpcErrors.NotFound("test", test));
    }

    // Empty: all visits.
    private static string? Visit(string visit) => string.IsNullOrWhiteSpace(visit) ? null : visit;

    private static void RequireVisit(TestValues found, string visit)
    {
        if (Visit(visit) is { } name && !found.Knows(name))
        {
            var known = found.Visits.Count == 0 ? "there are no results" : string.Join(", ", found.Visits.Select(row => row.Visit));
            throw RpcErrors.InvalidArgument("VISIT_UNKNOWN", "visit", $"no result of the test is at '{name}': {known}");
        }
    }
}

using Grpc.Core;
using LabServer.Access;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Storage;

namespace LabServer.Studies;

/// <summary>
/// The study a request names, or the status that says what is wrong with the name. A study that the caller does not see is
/// one that there is not, in every word; and one whose arms it does not see has none.
/// </summary>
internal sealed class StudyLookup(StudyStore studies, RuleSetStore ruleSets)
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: no name; NOT_FOUND: no such study.</exception>
    public Study Find(ServerCallContext context, string studyId)
    {
        if (studyId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("STUDY_MISSING", "study_id", "is required");
        }

        // What is not the caller's to see is looked up under a name that no study has, so that it takes as long.
        var study = studies.Find(context.Caller().Sees(studyId) ? studyId : "") ?? throw RpcErrors.NotFound("study", studyId);
        return Shown(context, study);
    }

    /// <summary>The studies that a caller sees, by id, from behind <paramref name="after"/>.</summary>
    public IEnumerable<Study> List(ServerCallContext context, string after, int take) =>
        studies.List(after, take, context.Caller().Studies).Select(study => Shown(context, study));

    /// <summary>
    /// The study and the one of its rule sets that <paramref name="ruleSetId"/> means: <c>ctcae-5.0@1</c> that version,
    /// <c>ctcae-5.0</c> the newest one of the study.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">As <see cref="Find(ServerCallContext, string)"/>; FAILED_PRECONDITION: not a rule set of the study.</exception>
    public (Study Study, RuleSet RuleSet) Find(ServerCallContext context, string studyId, string ruleSetId)
    {
        var study = Find(context, studyId);
        if (ruleSetId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("RULE_SET_MISSING", "rule_set_id", "is required");
        }

        var own = ruleSets.Of(study);
        return RuleSetReference.Find(own, ruleSetId) is { } ruleSet
            ? (study, ruleSet)
            : throw RpcErrors.FailedPrecondition(
                "RULE_SET_NOT_OF_STUDY",
                $"Study '{studyId}' is not graded under '{ruleSetId}'; it is under {string.Join(", ", RuleSetReference.Display(own))}.");
    }

    /// <summary>The study and those of its rule sets that a request names, each once, as <see cref="Find(ServerCallContext, string, string)"/>.</summary>
    /// <param name="context">The call.</param>
    /// <param name="studyId">The study.</param>
    /// <param name="ruleSetId">One rule set; may be empty if there are <paramref name="more"/>.</param>
    /// <param name="more">Further rule sets.</param>
    public (Study Study, IReadOnlyList<RuleSet> RuleSets) Find(
        ServerCallContext context, string studyId, string ruleSetId, IReadOnlyList<string> more)
    {
        string[] named = [.. more.Prepend(ruleSetId).Where((id, i) => i > 0 || id.Length > 0 || more.Count == 0)];
        return (Find(context, studyId), [.. named.Select(id => Find(context, studyId, id).RuleSet).Distinct()]);
    }

    private static Study Shown(ServerCallContext context, Study study) =>
        context.SightOf(study) == ArmSight.Blinded ? study with { Arms = [] } : study;
}

using LabServer.Core;
using LabServer.Core.Grading;
using LabServer.Core.Storage;

namespace LabServer.Studies;

/// <summary>The study a request names, or the status that says what is wrong with the name.</summary>
internal sealed class StudyLookup(StudyStore studies, RuleSetStore ruleSets)
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: no name; NOT_FOUND: no such study.</exception>
    public Study Find(string studyId)
    {
        if (studyId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("STUDY_MISSING", "study_id", "is required");
        }

        return studies.Find(studyId) ?? throw RpcErrors.NotFound("study", studyId);
    }

    /// <summary>
    /// The study and the one of its rule sets that <paramref name="ruleSetId"/> means: <c>ctcae-5.0@1</c> that version,
    /// <c>ctcae-5.0</c> the newest one of the study.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">As <see cref="Find(string)"/>; FAILED_PRECONDITION: not a rule set of the study.</exception>
    public (Study Study, RuleSet RuleSet) Find(string studyId, string ruleSetId)
    {
        var study = Find(studyId);
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

    /// <summary>The study and those of its rule sets that a request names, each once, as <see cref="Find(string, string)"/>.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="ruleSetId">One rule set; may be empty if there are <paramref name="more"/>.</param>
    /// <param name="more">Further rule sets.</param>
    public (Study Study, IReadOnlyList<RuleSet> RuleSets) Find(string studyId, string ruleSetId, IReadOnlyList<string> more)
    {
        string[] named = [.. more.Prepend(ruleSetId).Where((id, i) => i > 0 || id.Length > 0 || more.Count == 0)];
        return (Find(studyId), [.. named.Select(id => Find(studyId, id).RuleSet).Distinct()]);
    }
}

using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The strata of an adverse-event summary.</summary>
internal static class IncidenceStrata
{
    /// <summary>A stratum as a summary of its own, so that it is written as the whole is.</summary>
    public static SummarizeAdverseEventsResponse Summary(SummarizeAdverseEventsResponse whole, IncidenceStratum stratum) => new()
    {
        StudyId = whole.StudyId,
        RuleSetId = whole.RuleSetId,
        RuleSetIds = { whole.RuleSetIds },
        Arms = { stratum.Arms },
        Subjects = stratum.Subjects,
        Terms = { stratum.Terms },
        SystemOrganClasses = { stratum.SystemOrganClasses },
        Any = { stratum.Any },
        AnyTotal = stratum.AnyTotal,
        AnyComparison = stratum.AnyComparison,
        NotGradable = { stratum.NotGradable },
        Unassessed = { stratum.Unassessed },
        Excluded = { stratum.Excluded },
    };
}

using LabServer.Api.V1;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

/// <summary>Tables of adverse events between the wire and the domain.</summary>
internal static class IncidenceMapping
{
    public static IncidenceQuery ToQuery(SummarizeAdverseEventsRequest request, IReadOnlyList<string> ruleSetIds) => new()
    {
        RuleSetIds = ruleSetIds,
        ExcludeReported = request.ExcludeReported,
        SplitBy = request.SplitBy,
        Arms = [.. request.Arms],
        Compare = request.CompareArms,
        FromDay = request.HasFromDay ? request.FromDay : null,
        ToDay = request.HasToDay ? request.ToDay : null,
        Serious = (Core.YesNo)request.Serious,
        Relatedness = [.. request.Relatedness.Select(step => (Core.Grading.Relatedness)step)],
        ExcludedTerms = [.. request.ExcludeTerms.Distinct(StringComparer.OrdinalIgnoreCase)],
        ByClass = request.Order == Api.V1.IncidenceOrder.SystemOrganClass,
    };

    public static SummarizeAdverseEventsResponse ToMessage(IncidenceTable table)
    {
        var message = new SummarizeAdverseEventsResponse
        {
            Arms = { table.Arms.Select(ToMessage) },
            Subjects = (int)table.Subjects,
            Terms = { table.Terms.Select(ToMessage) },
            SystemOrganClasses = { table.Classes.Select(ToMessage) },
            Any = { table.Any.Arms.Select(ToMessage) },
            AnyTotal = ToMessage(table.Any.Total),
            NotGradable = { table.NotGradable.Select(ToMessage) },
            Unassessed = { table.Unassessed.Select(ToMessage) },
            Excluded = { table.Excluded.Select(ToMessage) },
        };
        message.AnyComparison = ComparisonMapping.ToMessage(table.Any.Comparison);
        return message;
    }

    // The same fields in a message of their own: those of the whole table are older than strata.
    public static IncidenceStratum ToStratum(IncidenceTable table)
    {
        var whole = ToMessage(table);
        return new IncidenceStratum
        {
            Stratum = table.Stratum,
            Arms = { whole.Arms },
            Subjects = whole.Subjects,
            Terms = { whole.Terms },
            SystemOrganClasses = { whole.SystemOrganClasses },
            Any = { whole.Any },
            AnyTotal = whole.AnyTotal,
            AnyComparison = whole.AnyComparison,
            NotGradable = { whole.NotGradable },
            Unassessed = { whole.Unassessed },
            Excluded = { whole.Excluded },
        };
    }

    private static Api.V1.ArmSize ToMessage(Core.Summaries.ArmSize arm) => new() { Arm = arm.Arm, Subjects = (int)arm.Subjects };

    private static Api.V1.TermIncidence ToMessage(Core.Summaries.TermIncidence row) => new()
    {
        Term = row.Term.Name,
        SystemOrganClass = row.Term.SystemOrganClass,
        Direction = (Api.V1.ToxicityDirection)(row.Term.Direction ?? 0),
        Arms = { row.Incidence.Arms.Select(ToMessage) },
        Total = ToMessage(row.Incidence.Total),
        Comparison = ComparisonMapping.ToMessage(row.Incidence.Comparison),
    };

    private static SystemOrganClassIncidence ToMessage(ClassIncidence row) => new()
    {
        SystemOrganClass = row.SystemOrganClass,
        Arms = { row.Incidence.Arms.Select(ToMessage) },
        Total = ToMessage(row.Incidence.Total),
        Comparison = ComparisonMapping.ToMessage(row.Incidence.Comparison),
    };

    private static Api.V1.GradeCounts ToMessage(Core.Summaries.GradeCounts counts) => new()
    {
        Arm = counts.Arm,
        Grade1 = counts.Grade1,
        Grade2 = counts.Grade2,
        Grade3 = counts.Grade3,
        Grade4 = counts.Grade4,
        Grade5 = counts.Grade5,
        Any = counts.Any,
    };

    private static Api.V1.NotGradableCount ToMessage(Core.Summaries.NotGradableCount row) => new() { Reason = row.Reason.Word(), Results = row.Results };

    private static Api.V1.UnassessedCount ToMessage(Core.Summaries.UnassessedCount row) =>
        new() { Arm = row.Arm, Subjects = row.Subjects, Events = row.Events };
}

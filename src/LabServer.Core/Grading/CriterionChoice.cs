namespace LabServer.Core.Grading;

/// <summary>The criterion for a population and unit with the factor to its unit, or why there is none.</summary>
internal readonly record struct CriterionChoice(Criterion? Criterion, UnitFactor Factor, NotGradableReason Reason)
{
    public static CriterionChoice Of(Criterion criterion, UnitFactor factor) => new(criterion, factor, default);

    public static CriterionChoice None(NotGradableReason reason) => new(null, UnitFactor.One, reason);
}

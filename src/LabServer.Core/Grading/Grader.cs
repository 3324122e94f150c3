using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>Grades one result under one term: a pure function, the same answer for the same input.</summary>
public static class Grader
{
    /// <summary>
    /// The first rule that holds, from grade 4 down. When none holds, the result is grade 0 only if every rule could be
    /// decided; else it is not gradable, with what was missing.
    /// </summary>
    /// <param name="term">A term of a rule set.</param>
    /// <param name="input">The result with its limits and baseline.</param>
    public static GradeOutcome Grade(Term term, in GradeInput input)
    {
        if (input.Value is null)
        {
            return GradeOutcome.NotGradable(NotGradableReason.ValueMissing);
        }

        if (!input.AllFinite)
        {
            return GradeOutcome.NotGradable(NotGradableReason.ValueNotANumber);
        }

        var choice = term.Choose(input);
        if (choice.Criterion is not { } criterion)
        {
            return GradeOutcome.NotGradable(choice.Reason);
        }

        return input.Qualifier == ValueQualifier.None
            ? Grade(criterion, new GradeContext(input, choice.Factor, criterion.AsksBaselineState))
            : BoundGrader.Grade(criterion, input, choice.Factor);
    }

    internal static GradeOutcome Grade(Criterion criterion, in GradeContext context) =>
        criterion.NotGraded is null && criterion.Compiled is { } compiled && compiled.TryGrade(context, out var outcome)
            ? outcome
            : GradeByRules(criterion, context);

    /// <summary>The rules one by one, as they are published: what decides wherever it is close or something is missing.</summary>
    internal static GradeOutcome GradeByRules(Criterion criterion, in GradeContext context)
    {
        var missing = Missing.None;
        if (criterion.NotGraded is { } notGraded && FirstThatHolds(notGraded.Alternatives, context, ref missing) >= 0)
        {
            return GradeOutcome.NotGradable(NotGradableReason.NotGraded, criterion);
        }

        foreach (var rule in criterion.FromWorst)
        {
            var alternative = FirstThatHolds(rule.Alternatives, context, ref missing);
            if (alternative >= 0)
            {
                return GradeOutcome.Graded(rule.Grade, criterion, alternative);
            }
        }

        return missing == Missing.None
            ? GradeOutcome.Graded(0, criterion, 0)
            : GradeOutcome.NotGradable(NotGradableReasons.ReasonOf(missing), criterion);
    }

    private static int FirstThatHolds(Alternative[] alternatives, in GradeContext context, ref Missing missing)
    {
        for (var i = 0; i < alternatives.Length; i++)
        {
            var truth = alternatives[i].Evaluate(context);
            if (truth.IsTrue)
            {
                return i;
            }

            missing |= truth.Missing;
        }

        return -1;
    }
}

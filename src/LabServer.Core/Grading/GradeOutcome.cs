namespace LabServer.Core.Grading;

/// <summary>
/// ATOXGR of one result under one term: a grade 0–4, or not gradable with a reason; never both. The default value is
/// not gradable (<see cref="NotGradableReason.NotEvaluated"/>).
/// </summary>
public readonly record struct GradeOutcome
{
    // One more than the grade, so that the default value is not a grade 0.
    private readonly byte _gradePlusOne;
    private readonly byte _alternative;
    private readonly NotGradableReason _reason;

    private GradeOutcome(int gradePlusOne, int alternative, NotGradableReason reason, Criterion? criterion, bool isAtLeast = false)
    {
        _gradePlusOne = (byte)gradePlusOne;
        _alternative = (byte)alternative;
        _reason = reason;
        IsAtLeast = isAtLeast;
        Criterion = criterion;
    }

    /// <summary>True when there is a grade, 0 included.</summary>
    public bool IsGradable => _gradePlusOne > 0;

    /// <summary>0 (could be graded and no rule held) to 4; null when not gradable. 5, death, is never derived from a value.</summary>
    public int? Grade => _gradePlusOne > 0 ? _gradePlusOne - 1 : null;

    /// <summary>Whether the result is a bound, and the grade the least that the values it allows have.</summary>
    public bool IsAtLeast { get; }

    /// <summary>Why there is no grade; null when there is one.</summary>
    public NotGradableReason? Reason => _gradePlusOne > 0 ? null : _reason;

    /// <summary>The criterion that was applied; null when none could be chosen.</summary>
    public Criterion? Criterion { get; }

    /// <summary>Id of the criterion that was applied; null when none could be chosen.</summary>
    public string? CriterionId => Criterion?.Id;

    /// <summary>The rule that held; null for grade 0 and when not gradable.</summary>
    public GradeRule? Rule => _gradePlusOne > 1 ? Criterion?.RuleOf(_gradePlusOne - 1) : null;

    /// <summary>The published words of the grade that held; null for grade 0 and when not gradable.</summary>
    public string? Text => Rule?.Text;

    /// <summary>Which alternative of <see cref="Rule"/> held, from 0; null for grade 0 and when not gradable.</summary>
    public int? Alternative => _gradePlusOne > 1 ? _alternative : null;

    internal static GradeOutcome Graded(int grade, Criterion criterion, int alternative) => new(grade + 1, alternative, default, criterion);

    internal static GradeOutcome AtLeast(GradeOutcome least) => new(least._gradePlusOne, least._alternative, default, least.Criterion, isAtLeast: true);

    internal static GradeOutcome NotGradable(NotGradableReason reason, Criterion? criterion = null) => new(0, 0, reason, criterion);

    /// <summary><c>3</c>, <c>at least 2</c>, or the word of the reason.</summary>
    public override string ToString() => !IsGradable ? _reason.Word()
        : (IsAtLeast ? "at least " : "") + (char)('0' + _gradePlusOne - 1);
}

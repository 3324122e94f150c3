namespace LabServer.Core.Grading;

/// <summary>
/// The rules of a criterion as one flat list of bounds, for the usual case: everything known, and no number so close to a
/// bound that its digits must be counted. Conditions on the state of the baseline are settled beforehand, in one list a state.
/// Most values are beyond nothing, which the outermost bounds alone tell. Where the case is not usual it gives no answer, and
/// the rules themselves are asked.
/// </summary>
internal sealed class CompiledCriterion
{
    // No indicator or one of three, each without a baseline and with one.
    private const int States = 8;

    private readonly Criterion _criterion;
    private readonly Rules[] _byState;

    private CompiledCriterion(Criterion criterion, Rules[] byState) => (_criterion, _byState) = (criterion, byState);

    /// <summary>Compiles a criterion; null: it looks at more than values, limits and the state of the baseline.</summary>
    public static CompiledCriterion? Of(Criterion criterion)
    {
        var conditions = criterion.FromWorst.SelectMany(rule => rule.Alternatives).SelectMany(alternative => alternative.Conditions);
        return conditions.All(condition => condition is ValueCondition || IsSettledByState(condition))
            ? new CompiledCriterion(
                criterion, [.. Enumerable.Range(0, criterion.AsksBaselineState ? States : 1).Select(state => Compile(criterion, state))])
            : null;
    }

    /// <summary>The grade in the usual case; false: the rules must be asked.</summary>
    public bool TryGrade(in GradeContext context, out GradeOutcome outcome)
    {
        // By ThresholdBasis, so that no bound asks which it is.
        ReadOnlySpan<double> references = [1, context.LowerLimit, context.UpperLimit, context.Baseline];
        ReadOnlySpan<double> values = [context.Value, context.Value * context.Factor.AsDouble];
        ref readonly var rules = ref _byState[_byState.Length == 1 ? 0 : StateOf(context)];
        if (IsBeyondNothing(rules.Outermost, references, values))
        {
            outcome = GradeOutcome.Graded(0, _criterion, 0);
            return true;
        }

        for (var i = 0; i < rules.Bounds.Length;)
        {
            ref readonly var bound = ref rules.Bounds[i];
            var left = values[bound.Scale];
            var right = references[(int)bound.Basis] * bound.Times;
            if (bound.Plus != 0)
            {
                right = (references[(int)bound.Basis] * context.Factor.AsDouble * bound.Times) + bound.Plus;
            }

            // Not so also where something is missing: what is no number is not apart from any.
            var apart = left - right;
            if (!(Math.Abs(apart) > FifteenDigits.Near * (Math.Abs(left) + Math.Abs(right) + Math.Abs(bound.Plus))))
            {
                outcome = default;
                return false;
            }

            if (apart > 0 != bound.IsLower)
            {
                i = bound.Next;
            }
            else if (!bound.IsLast)
            {
                i++;
            }
            else
            {
                outcome = GradeOutcome.Graded(bound.Grade, _criterion, bound.Alternative);
                return true;
            }
        }

        outcome = GradeOutcome.Graded(0, _criterion, 0);
        return true;
    }

    // A multiple of a limit lies further out the larger its factor, if the limit is not negative.
    private static bool IsBeyondNothing(Bound[] outermost, ReadOnlySpan<double> references, ReadOnlySpan<double> values)
    {
        foreach (ref readonly var bound in outermost.AsSpan())
        {
            var (reference, left) = (references[(int)bound.Basis], values[bound.Scale]);
            var right = reference * bound.Times;
            var inside = bound.IsLower ? right - left : left - right;
            if (!(reference >= 0 && inside > FifteenDigits.Near * (Math.Abs(left) + Math.Abs(right))))
            {
                return false;
            }
        }

        return outermost.Length > 0;
    }

    private static Rules Compile(Criterion criterion, int state)
    {
        var bounds = Bounds(criterion, state);
        return new Rules(bounds, Outermost(bounds));
    }

    // Of each limit that bounds are multiples of, the one that is reached first. None where that does not tell of all
    // alternatives: each must have a bound of the one direction.
    private static Bound[] Outermost(Bound[] bounds)
    {
        foreach (var isLower in (bool[])[true, false])
        {
            var candidates = bounds.Where(bound => bound.IsLower == isLower && bound.Plus == 0 && !double.IsNaN(bound.Times)).ToList();
            var alternatives = bounds.Select(bound => bound.Next).Distinct();
            if (alternatives.All(next => candidates.Exists(bound => bound.Next == next)))
            {
                return [.. candidates
                    .GroupBy(bound => bound.Next).Select(alternative => alternative.First())
                    .GroupBy(bound => bound.Basis).Select(limit => isLower ? limit.MinBy(bound => bound.Times) : limit.MaxBy(bound => bound.Times))];
            }
        }

        return [];
    }

    private static Bound[] Bounds(Criterion criterion, int state)
    {
        var bounds = new List<Bound>();
        foreach (var rule in criterion.FromWorst)
        {
            for (var alternative = 0; alternative < rule.Alternatives.Length; alternative++)
            {
                var conditions = rule.Alternatives[alternative].Conditions;
                if (conditions.OfType<BaselineCondition>().Any(condition => !Holds(condition.Is, state)))
                {
                    continue;
                }

                var thresholds = conditions.OfType<ValueCondition>().ToList();
                var next = bounds.Count + Math.Max(1, thresholds.Count);
                bounds.AddRange(thresholds.Select((condition, i) => new Bound(
                    condition, rule.Grade, alternative, isLast: i == thresholds.Count - 1, next)));
                if (thresholds.Count == 0)
                {
                    // Nothing is left to compare, which no list of bounds can say.
                    bounds.Add(Bound.Undecided);
                }
            }
        }

        return [.. bounds];
    }

    private static bool IsSettledByState(Condition condition) =>
        condition is BaselineCondition { Is: not (BaselineState.AboveUln or BaselineState.NotAboveUln) };

    private static int StateOf(in GradeContext context) =>
        (2 * (int)context.BaselineIndicator.GetValueOrDefault()) + (double.IsNaN(context.Baseline) ? 0 : 1);

    private static bool Holds(BaselineState asked, int state)
    {
        var (indicator, isPresent) = ((RangeIndicator)(state / 2), state % 2 == 1);
        return asked switch
        {
            BaselineState.High => indicator == RangeIndicator.High,
            BaselineState.NotHigh => indicator != RangeIndicator.High,
            BaselineState.Low => indicator == RangeIndicator.Low,
            BaselineState.NotLow => indicator != RangeIndicator.Low,
            BaselineState.Present => isPresent,
            BaselineState.Absent => !isPresent,
            _ => throw new ArgumentOutOfRangeException(nameof(asked), asked, "Not settled by the state of the baseline."),
        };
    }

    private readonly record struct Rules(Bound[] Bounds, Bound[] Outermost);

    // One condition on the value. Which side a value at the threshold is on does not matter here: that is too close to tell.
    private readonly struct Bound
    {
        public Bound(ValueCondition condition, int grade, int alternative, bool isLast, int next)
        {
            var than = condition.Than;
            Basis = than.Basis;
            Times = than.Basis == ThresholdBasis.Absolute ? than.AbsoluteAsDouble : than.TimesAsDouble;
            Plus = than.Basis == ThresholdBasis.Absolute ? 0 : than.PlusAsDouble;
            Scale = than.NeedsUnit ? 1 : 0;
            IsLower = condition.Is is Comparison.Above or Comparison.AtLeast;
            (Grade, Alternative, IsLast, Next) = ((byte)grade, (byte)alternative, isLast, next);
        }

        /// <summary>No value is told from it.</summary>
        public static Bound Undecided { get; } = new(new ValueCondition(Comparison.Above, Threshold.Of(0)), 0, 0, isLast: true, 0, double.NaN);

        private Bound(ValueCondition condition, int grade, int alternative, bool isLast, int next, double times)
            : this(condition, grade, alternative, isLast, next) => Times = times;

        public double Times { get; }

        public double Plus { get; }

        /// <summary>Where to go on when the condition does not hold: behind its alternative.</summary>
        public int Next { get; }

        public ThresholdBasis Basis { get; }

        /// <summary>1: the published number is in the criterion's unit, so that the value must be; 0: the value as it is.</summary>
        public int Scale { get; }

        /// <summary>Whether values over it are meant, else those under it.</summary>
        public bool IsLower { get; }

        /// <summary>Whether it is the last condition of its alternative, which then holds.</summary>
        public bool IsLast { get; }

        public byte Grade { get; }

        public byte Alternative { get; }
    }
}

using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>Adverse events by arm, term and worst grade: each subject counts once a term, once a class and once over all.</summary>
public sealed record IncidenceTable
{
    /// <summary>Value of the stratum; empty: the whole study, or subjects without a value.</summary>
    public string Stratum { get; init; } = "";

    /// <summary>Arms with their safety population, in the order of the table.</summary>
    public required IReadOnlyList<ArmSize> Arms { get; init; }

    /// <summary>Subjects with any event by worst grade over all terms.</summary>
    public required Incidence Any { get; init; }

    /// <summary>Terms with an event: most frequent first, then by name; by class before that where asked for.</summary>
    public required IReadOnlyList<TermIncidence> Terms { get; init; }

    /// <summary>System organ classes with an event: most frequent first, then by name; by name alone where asked for.</summary>
    public required IReadOnlyList<ClassIncidence> Classes { get; init; }

    /// <summary>Terms that were to be left out, in the order named: what they would have counted.</summary>
    public required IReadOnlyList<TermIncidence> Excluded { get; init; }

    /// <summary>Results that could not be graded, by reason.</summary>
    public required IReadOnlyList<NotGradableCount> NotGradable { get; init; }

    /// <summary>What a filter left out since nobody has said what it asks for; one entry an arm, empty without such a filter.</summary>
    public required IReadOnlyList<UnassessedCount> Unassessed { get; init; }

    /// <summary>Subjects of all arms.</summary>
    public long Subjects => Arms.Sum(arm => arm.Subjects);

    /// <summary>Counts subjects.</summary>
    /// <param name="query">What is counted, and how it is laid out.</param>
    /// <param name="arms">Arms in the order of the table; every subject is of one of them.</param>
    /// <param name="subjects">The subjects with their events; those without any may be left out.</param>
    /// <param name="notGradable">Results that could not be graded, by reason.</param>
    public static IncidenceTable Of(
        IncidenceQuery query, IReadOnlyList<ArmSize> arms, IReadOnlyList<SubjectEvents> subjects, IReadOnlyList<NotGradableCount> notGradable)
    {
        var positions = arms.Select((arm, i) => (arm.Arm, i)).ToDictionary(entry => entry.Arm, entry => entry.i, StringComparer.Ordinal);
        var any = new IncidenceCounter<bool>(arms, query.Compare);
        var terms = new IncidenceCounter<EventTerm>(arms, query.Compare);
        var classes = new IncidenceCounter<string>(arms, query.Compare, StringComparer.OrdinalIgnoreCase);
        var excluded = new IncidenceCounter<string>(arms, query.Compare, StringComparer.OrdinalIgnoreCase);
        var unassessed = new (int Subjects, int Events)[arms.Count];
        foreach (var events in subjects)
        {
            var arm = positions[events.Subject.Arm];
            foreach (var (term, grade) in events.Worst)
            {
                terms.Add(term, arm, grade);
            }

            foreach (var (name, grade) in WorstOfClasses(events.Worst))
            {
                classes.Add(name, arm, grade);
            }

            foreach (var (term, grade) in events.Excluded)
            {
                excluded.Add(term.Name, arm, grade);
            }

            if (events.WorstOfAll is > 0 and var worst)
            {
                any.Add(true, arm, worst);
            }

            if (events.Unassessed > 0)
            {
                unassessed[arm] = (unassessed[arm].Subjects + 1, unassessed[arm].Events + events.Unassessed);
            }
        }

        return new IncidenceTable
        {
            Arms = arms,
            Any = any.Of(true),
            Terms = [.. IncidenceOrder.Terms(terms.All().Select(row => new TermIncidence(row.Key, row.Incidence)), query.ByClass)],
            Classes = [.. IncidenceOrder.Classes(classes.All().Select(row => new ClassIncidence(row.Key, row.Incidence)), query.ByClass)],
            Excluded = [.. query.ExcludedTerms.Select(name => new TermIncidence(new EventTerm(name, "", null), excluded.Of(name)))],
            NotGradable = notGradable,
            Unassessed = query.IsAssessed ? [.. arms.Select((arm, i) => new UnassessedCount(arm.Arm, unassessed[i].Subjects, unassessed[i].Events))] : [],
        };
    }

    private static Dictionary<string, int> WorstOfClasses(IReadOnlyDictionary<EventTerm, int> worst)
    {
        var classes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (term, grade) in worst)
        {
            classes[term.SystemOrganClass] = Math.Max(grade, classes.GetValueOrDefault(term.SystemOrganClass));
        }

        return classes;
    }
}

/// <summary>An arm and its denominator.</summary>
/// <param name="Arm">Treatment received; empty: dosed, and no arm is known.</param>
/// <param name="Subjects">Subjects with a first dose (safety population).</param>
public sealed record ArmSize(string Arm, long Subjects);

/// <summary>Incidence of one term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Incidence">Its subjects.</param>
public sealed record TermIncidence(EventTerm Term, Incidence Incidence);

/// <summary>Incidence of one system organ class (AEBODSYS).</summary>
/// <param name="SystemOrganClass">The class; empty: it is not known.</param>
/// <param name="Incidence">Its subjects: each once, at the worst grade over its terms of the class.</param>
public sealed record ClassIncidence(string SystemOrganClass, Incidence Incidence);

/// <summary>Events of one arm that a filter left out since nobody has said what it asks for.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Subjects">Subjects with such an event.</param>
/// <param name="Events">Such events; one that two rule sets find is two, with a review each.</param>
public sealed record UnassessedCount(string Arm, int Subjects, int Events);

/// <summary>Results that could not be graded.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Results">Results times terms.</param>
public sealed record NotGradableCount(NotGradableReason Reason, long Results);

using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>What must be right across the fields of a rule set: names, units, populations, and grades that follow on each other.</summary>
internal static class RuleSetChecks
{
    /// <summary>Characters that the name of a term, or the id of a criterion, may have: more are no key of every database.</summary>
    public const int MaximumName = 800;

    /// <summary>
    /// What keeps the names in a set from being stored. Asked when a set is published, and not of those that were before there was
    /// a bound.
    /// </summary>
    public static IEnumerable<string> NameFaults(RuleSet ruleSet)
    {
        var terms = ruleSet.Terms.Select(term => (What: "a term", term.Name));
        var criteria = ruleSet.Terms.SelectMany(term => term.Criteria).Select(criterion => (What: "a criterion id", Name: criterion.Id));
        foreach (var (what, name) in terms.Concat(criteria))
        {
            if (name.Length > MaximumName)
            {
                yield return $"{name[..40]}…: {what} has at most {MaximumName} characters, not {name.Length}";
            }
            else if (name.EndsWith(' '))
            {
                yield return $"{name}: {what} must not end with a blank";
            }
        }
    }

    public static void Check(IReadOnlyList<Term> terms, TestCatalogue? catalogue, List<string> faults)
    {
        foreach (var twice in Twice(terms.Select(t => t.Name)))
        {
            faults.Add($"{twice}: term given twice");
        }

        foreach (var twice in Twice(terms.SelectMany(t => t.Criteria).Select(c => c.Id)))
        {
            faults.Add($"{twice}: criterion id given twice");
        }

        foreach (var term in terms)
        {
            CheckUnits(term, faults);
            CheckPopulations(term, faults);
            if (catalogue is not null)
            {
                CheckTests(term, catalogue, faults);
            }

            foreach (var criterion in term.Criteria)
            {
                GradeOrder.Check(term, criterion, faults);
            }
        }
    }

    private static void CheckUnits(Term term, List<string> faults)
    {
        foreach (var population in term.Criteria.GroupBy(c => c.Population?.ToString()))
        {
            var whom = population.Key is null ? string.Empty : $" ({population.Key})";
            foreach (var twice in Twice(population.Select(c => c.Unit ?? "any")))
            {
                faults.Add($"{term.Name}{whom}: two criteria for unit {twice}");
            }

            var withUnit = population.Count(c => c.Unit is not null);
            if (withUnit > 0 && withUnit < population.Count())
            {
                faults.Add($"{term.Name}{whom}: criteria with and without unit");
            }

            if (withUnit > 0 && !population.Any(c => c.System == UnitSystem.SI))
            {
                faults.Add($"{term.Name}{whom}: no SI criterion that other units could be converted to");
            }
        }
    }

    private static void CheckTests(Term term, TestCatalogue catalogue, List<string> faults)
    {
        foreach (var key in term.Tests)
        {
            if (catalogue.FindKey(key) is not { } test)
            {
                faults.Add($"{term.Name}: test {key} is not in the catalogue");
                continue;
            }

            foreach (var criterion in term.Criteria.Where(c => c.Unit is not null && test.FindUnit(c.Unit)?.Code != c.Unit))
            {
                faults.Add($"{term.Name} / {criterion.Id}: test {key} has no unit {criterion.Unit}");
            }
        }
    }

    // Two populations that share a subject would make the order of the file decide. Every day to the 20th birthday
    // covers every bound that a published table has; later ones are tried by year.
    private static void CheckPopulations(Term term, List<string> faults)
    {
        var populations = term.Criteria.GroupBy(c => c.Population?.ToString() ?? string.Empty).Select(g => g.First().Population).ToList();
        if (populations.Count < 2)
        {
            return;
        }

        if (populations.Contains(null))
        {
            faults.Add($"{term.Name}: criteria with and without population");
            return;
        }

        var birth = new DateOnly(2000, 1, 1);
        var days = Enumerable.Range(0, 7400).Concat(Enumerable.Range(21, 100).Select(year => year * 366));
        var overlap = days.SelectMany(day => new[] { Sex.Male, Sex.Female }.Select(sex => new GradeInput { BirthDate = birth, CollectedOn = birth.AddDays(day), Sex = sex }))
            .Select(subject => populations.Where(p => p!.Holds(subject).IsTrue).Take(2).ToList())
            .FirstOrDefault(both => both.Count > 1);
        if (overlap is not null)
        {
            faults.Add($"{term.Name}: populations overlap: {overlap[0]}; {overlap[1]}");
        }
    }

    private static IEnumerable<string> Twice(IEnumerable<string> names) => names
        .Where(n => n.Length > 0)
        .GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
        .Where(g => g.Count() > 1)
        .Select(g => g.Key);
}

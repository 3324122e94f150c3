namespace LabServer.Core.Tests.Histories;

/// <summary>A term of a rule set as the model knows it.</summary>
/// <param name="RuleSet">Id of the rule set.</param>
/// <param name="Name">The term.</param>
/// <param name="Test">The test it looks at.</param>
/// <param name="Units">Units with published numbers; empty: the unit does not matter.</param>
/// <param name="Rules">The rules for one result.</param>
internal sealed record ModelTerm(string RuleSet, string Name, string Test, string[] Units, Func<ModelCase, IEnumerable<ModelRule>> Rules)
{
    /// <summary>True: fasting specimens only; false: all others; null: either.</summary>
    public bool? Fasting { get; init; }

    /// <summary>The rules for whom they differ by age or sex: rules, or why there are none.</summary>
    public Func<ModelPerson, ModelCase, (IEnumerable<ModelRule> Rules, string? NotGradable)>? ByPerson { get; init; }

    /// <summary>The unit whose numbers a result is judged by: its own; else by system, SI unless only US laboratories use it.</summary>
    public ModelUnit UnitFor(ModelUnit own)
    {
        if (Units.Length == 0 || Units.Contains(own.Name))
        {
            return own;
        }

        var published = Units.Select(name => ModelUnits.Named(Test, name)).ToList();
        return (own.IsUs ? published.Find(unit => unit.IsUs) : null) ?? published.Find(unit => !unit.IsUs)!;
    }

    public override string ToString() => $"{RuleSet} / {Name}";
}

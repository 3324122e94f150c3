namespace LabServer.Core.Summaries;

/// <summary>A dataset as it is described: what it is called, what a row is, and its columns.</summary>
public abstract class DatasetDefinition
{
    private protected DatasetDefinition(DatasetKind kind, string name, string label, string structure, IReadOnlyList<string> keys, bool needsRuleSet)
    {
        Kind = kind;
        Name = name;
        Label = label;
        Structure = structure;
        Keys = keys;
        NeedsRuleSet = needsRuleSet;
    }

    /// <summary>Which one it is.</summary>
    public DatasetKind Kind { get; }

    /// <summary>CDISC name: <c>ADLB</c>.</summary>
    public string Name { get; }

    /// <summary>What people call it.</summary>
    public string Label { get; }

    /// <summary>What a row is.</summary>
    public string Structure { get; }

    /// <summary>Columns that tell rows apart, in order.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Whether there is none without a rule set.</summary>
    public bool NeedsRuleSet { get; }

    /// <summary>Every column in order.</summary>
    public abstract IReadOnlyList<DatasetColumn> Columns { get; }
}

/// <summary>A dataset with the type of its rows.</summary>
internal sealed class DatasetDefinition<TRow>(
    DatasetKind kind, string name, string label, string structure, IReadOnlyList<string> keys, bool needsRuleSet, IReadOnlyList<DatasetColumn<TRow>> columns)
    : DatasetDefinition(kind, name, label, structure, keys, needsRuleSet)
{
    public override IReadOnlyList<DatasetColumn<TRow>> Columns { get; } = columns;
}

namespace LabServer.Core.Summaries;

/// <summary>
/// A dataset of one study, open to be read once, from one state of the database. Memory holds the results of one subject
/// and one row, whatever the size of the study.
/// </summary>
public abstract class OpenDataset : IDisposable
{
    private protected OpenDataset()
    {
    }

    /// <summary>What it is.</summary>
    public abstract DatasetDefinition Definition { get; }

    /// <summary>The columns that its rows have.</summary>
    public abstract IReadOnlyList<DatasetColumn> Columns { get; }

    /// <summary>STUDYID.</summary>
    public required string StudyId { get; init; }

    /// <summary>Id of the rule set; empty: none was named.</summary>
    public required string RuleSetId { get; init; }

    /// <summary>Rows there are.</summary>
    public required long TotalRows { get; init; }

    /// <summary>
    /// The newest moment in the data in UTC microseconds: the last collection of a result, or the last onset of an event;
    /// 0 without rows. It follows from the rows alone, and neither from the clock nor from when they arrived.
    /// </summary>
    public required long NewestUs { get; init; }

    /// <summary>The rows, a cell a column; the same list is filled anew for each. Can be read once.</summary>
    public abstract IEnumerable<IReadOnlyList<string>> Rows();

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>An open dataset with the type of its rows.</summary>
internal sealed class OpenDataset<TRow>(ExportScope scope, DatasetDefinition<TRow> definition, bool withRuleSet, Func<ExportScope, IEnumerable<TRow>> rows)
    : OpenDataset
{
    private readonly DatasetColumn<TRow>[] _columns = [.. definition.Columns.Where(column => withRuleSet || !column.NeedsRuleSet)];

    public override DatasetDefinition Definition => definition;

    public override IReadOnlyList<DatasetColumn> Columns => _columns;

    public override IEnumerable<IReadOnlyList<string>> Rows()
    {
        var cells = new string[_columns.Length];
        foreach (var row in rows(scope))
        {
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = _columns[i].Cell(row);
            }

            yield return cells;
        }
    }

    public override void Dispose() => scope.Dispose();
}

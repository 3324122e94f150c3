using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>The datasets that can be exported.</summary>
public sealed class DatasetExports(Database database, RuleSetStore ruleSets, CurrentCatalogue catalogue)
{
    /// <summary>Every dataset, as it is described.</summary>
    public static IReadOnlyList<DatasetDefinition> All { get; } = [LbColumns.Definition, AeColumns.Definition, AdlbColumns.Definition, AdaeColumns.Definition];

    /// <summary>The description of a dataset; null: there is none.</summary>
    public static DatasetDefinition? Find(DatasetKind kind) => All.FirstOrDefault(definition => definition.Kind == kind);

    /// <summary>Opens a dataset of a study: counts its rows, and reads them later from the same state of the database.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="study">The study.</param>
    /// <param name="sight">Whether arms are in it; blinded, their columns are empty.</param>
    /// <param name="ruleSet">A rule set of the study; null only for a dataset that needs none.</param>
    /// <exception cref="ArgumentException">The dataset needs a rule set.</exception>
    public OpenDataset Open(DatasetKind kind, Study study, ArmSight sight, RuleSet? ruleSet)
    {
        if (ruleSet is null && Find(kind) is not { NeedsRuleSet: false })
        {
            throw new ArgumentException($"{kind} needs a rule set.", nameof(ruleSet));
        }

        var scope = new ExportScope(database, study, sight, ruleSet, ruleSets, catalogue.Value);
        try
        {
            return kind switch
            {
                DatasetKind.Lb => Open(scope, LbColumns.Definition, Results(scope, withDerived: false), LbExport.Rows),
                DatasetKind.Ae => Open(scope, AeColumns.Definition, Events(scope), AeExport.Rows),
                DatasetKind.Adae => Open(scope, AdaeColumns.Definition, Events(scope), AdaeExport.Rows),
                _ => Open(scope, AdlbColumns.Definition, Results(scope, withDerived: true), AdlbExport.Rows),
            };
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    private static OpenDataset<TRow> Open<TRow>(
        ExportScope scope, DatasetDefinition<TRow> definition, ExportSize size, Func<ExportScope, IEnumerable<TRow>> rows) =>
        new(scope, definition, scope.RuleSet is not null, rows)
        {
            StudyId = scope.Study.StudyId,
            RuleSetId = scope.RuleSet?.Id ?? "",
            TotalRows = size.Total,
            NewestUs = size.NewestUs ?? 0,
        };

    private static ExportSize Results(ExportScope scope, bool withDerived) =>
        ExportStore.SizeOfResults(scope.Connection, scope.Transaction, scope.Study, withDerived);

    private static ExportSize Events(ExportScope scope) =>
        ExportStore.SizeOfEvents(scope.Connection, scope.Transaction, scope.Study, scope.RuleSet!.Id);
}

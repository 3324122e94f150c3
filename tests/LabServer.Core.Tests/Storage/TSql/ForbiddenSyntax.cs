using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>What T-SQL has and we do without, as not every engine that speaks it does it, or does it right.</summary>
internal sealed class ForbiddenSyntax : TSqlFragmentVisitor
{
    private readonly List<string> _faults = [];

    public static IReadOnlyList<string> Find(TSqlFragment fragment)
    {
        var visitor = new ForbiddenSyntax();
        fragment.Accept(visitor);
        return visitor._faults;
    }

    public override void Visit(MergeSpecification node) => Add(node, "MERGE");

    public override void Visit(TableHint node) => Add(node, "a table hint");

    public override void Visit(OptimizerHint node) => Add(node, "a query hint");

    public override void Visit(CreateColumnStoreIndexStatement node) => Add(node, "columnstore");

    public override void Visit(CreateOrAlterViewStatement node) => Add(node, "CREATE OR ALTER");

    public override void Visit(CreateOrAlterTriggerStatement node) => Add(node, "CREATE OR ALTER");

    public override void Visit(CreateOrAlterProcedureStatement node) => Add(node, "CREATE OR ALTER");

    public override void Visit(AlterTableSwitchStatement node) => Add(node, "partition switching");

    public override void Visit(TopRowFilter node) => Add(node, "TOP");

    public override void Visit(SelectStarExpression node) => Add(node, "SELECT *");

    public override void Visit(CommonTableExpression node) => Add(node, "WITH, which no statement needs so far");

    public override void Visit(SchemaObjectName node)
    {
        if (node.Identifiers.Count > 1)
        {
            Add(node, "a name of several parts");
        }
    }

    private void Add(TSqlFragment node, string what) => _faults.Add($"{what}: {TSqlText.Of(node)}");
}

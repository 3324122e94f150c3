using LabServer.Core.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>The tables that the schema files for SQL Server make, read from their syntax trees in the order of their numbers.</summary>
internal sealed class SqlServerSchema
{
    private readonly Dictionary<string, SqlTable> _tables = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    private SqlServerSchema()
    {
    }

    public IReadOnlyDictionary<string, SqlTable> Tables => _tables;

    public HashSet<string> Views { get; } = new(StringComparer.Ordinal);

    /// <summary>Triggers, with what they do.</summary>
    public Dictionary<string, TSqlFragment> Triggers { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the files.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static SqlServerSchema Of(IEnumerable<(string Name, string Sql)> files)
    {
        var schema = new SqlServerSchema();
        foreach (var (name, sql) in files)
        {
            schema.Add(name, sql);
        }

        return schema;
    }

    private void Add(string file, string sql)
    {
        var (statements, faults) = TSqlText.Parse(sql);
        _faults.AddRange(faults.Select(fault => $"{file}: {fault}"));
        foreach (var statement in statements)
        {
            foreach (var fault in ForbiddenSyntax.Find(statement))
            {
                _faults.Add($"{file}: {fault}");
            }

            Apply(file, statement);
        }
    }

    private void Apply(string file, TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement create:
                var table = new SqlTable(create.SchemaObjectName.BaseIdentifier.Value);
                Take(table, create.Definition);
                Require(_tables.TryAdd(table.Name, table), file, $"{table.Name} is there already");
                break;
            case AlterTableAddTableElementStatement alter when Table(alter.SchemaObjectName) is { } known:
                Take(known, alter.Definition);
                break;
            case DropTableStatement drop:
                drop.Objects.ToList().ForEach(gone => Require(_tables.Remove(gone.BaseIdentifier.Value), file, $"{gone.BaseIdentifier.Value} is not there"));
                break;
            case CreateIndexStatement index when Table(index.OnName) is { } indexed:
                AddIndex(file, indexed, index);
                break;
            case ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList { Strings: [StringLiteral inner] } }:
                Add(file, inner.Value);
                break;
            case CreateViewStatement view:
                AddView(file, view);
                break;
            case CreateTriggerStatement trigger when Table(trigger.TriggerObject.Name) is not null:
                Triggers.Add(trigger.Name.BaseIdentifier.Value, trigger);
                break;
            case IfStatement { ElseStatement: null } choice:
                Apply(file, choice.ThenStatement);
                break;
            case InsertStatement or UpdateStatement:
                _faults.AddRange(StatementBinder.Bind(_tables, [statement]).Select(fault => $"{file}: {fault}"));
                break;
            default:
                _faults.Add($"{file}: {statement.GetType().Name} is not looked at by this test: {TSqlText.Of(statement)}");
                break;
        }
    }

    private void AddView(string file, CreateViewStatement view)
    {
        var binder = new StatementBinder(_tables);
        var rows = binder.BindQuery(view.SelectStatement.QueryExpression);
        _faults.AddRange(binder.Faults.Select(fault => $"{file}: {fault}"));
        var table = new SqlTable(view.SchemaObjectName.BaseIdentifier.Value);
        table.Columns.AddRange(rows);
        _tables.Add(table.Name, table);
        Views.Add(table.Name);
    }

    private void AddIndex(string file, SqlTable table, CreateIndexStatement index)
    {
        List<string> columns = [.. index.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value)];
        table.Indexes.Add($"{index.Name.Value} ({string.Join(", ", columns)})");
        RequireKey(file, table, columns, most: 1700);
        if (index.FilterPredicate is { } filter)
        {
            _faults.AddRange(new StatementBinder(_tables).BindFilter(table, filter).Select(fault => $"{file}: {index.Name.Value}: {fault}"));
        }
    }

    private void Take(SqlTable table, TableDefinition definition)
    {
        foreach (var column in definition.ColumnDefinitions)
        {
            var unique = column.Constraints.OfType<UniqueConstraintDefinition>().FirstOrDefault();
            var isKey = unique?.IsPrimaryKey == true;
            Require(table.Find(column.ColumnIdentifier.Value) is null, table.Name, $"{column.ColumnIdentifier.Value} is there twice");
            table.Columns.Add(ColumnOf(column, isKey));
            if (unique is not null)
            {
                AddKey(table, isKey, [column.ColumnIdentifier.Value], isClustered: unique.Clustered ?? isKey);
            }
        }

        foreach (var unique in definition.TableConstraints.OfType<UniqueConstraintDefinition>())
        {
            AddKey(
                table, unique.IsPrimaryKey, [.. unique.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value)],
                isClustered: unique.Clustered ?? unique.IsPrimaryKey);
        }

        foreach (var foreign in definition.TableConstraints.Concat(definition.ColumnDefinitions.SelectMany(column => column.Constraints)).OfType<ForeignKeyConstraintDefinition>())
        {
            var target = Table(foreign.ReferenceTableName);
            Require(
                target is not null && foreign.ReferencedTableColumns.All(column => target.Find(column.Value) is not null),
                table.Name, $"refers to {foreign.ReferenceTableName.BaseIdentifier.Value}, which has no such key");
        }
    }

    private void AddKey(SqlTable table, bool isPrimary, IReadOnlyList<string> columns, bool isClustered)
    {
        RequireKey(table.Name, table, columns, most: isClustered ? 900 : 1700);
        if (isPrimary)
        {
            table.PrimaryKey.AddRange(columns);
        }
        else
        {
            table.UniqueKeys.Add(string.Join(", ", columns));
        }
    }

    private void RequireKey(string where, SqlTable table, IEnumerable<string> columns, int most)
    {
        var bytes = 0;
        foreach (var name in columns)
        {
            var column = table.Find(name);
            Require(column is not null, where, $"{table.Name} has no column {name}");
            Require(column?.MostBytes is not null, where, $"{table.Name}.{name} has no length that an index could hold");
            bytes += column?.MostBytes ?? 0;
        }

        Require(bytes <= most, where, $"a key of {table.Name} has up to {bytes} bytes, and an index holds {most}");
    }

    private SqlColumn ColumnOf(ColumnDefinition column, bool isKey)
    {
        var type = (SqlDataTypeReference)column.DataType;
        var length = type.Parameters.Count == 0 ? null : type.Parameters[0];
        var count = length is IntegerLiteral number ? int.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
        var (kind, bytes) = type.SqlDataTypeOption switch
        {
            SqlDataTypeOption.BigInt => (SqlType.Bigint, 8),
            SqlDataTypeOption.Float when count == 53 => (SqlType.Float, 8),
            SqlDataTypeOption.NVarChar => (SqlType.Text, 2 * count),
            SqlDataTypeOption.VarBinary => (SqlType.Bytes, count),
            _ => (SqlType.Any, (int?)null),
        };
        var name = column.ColumnIdentifier.Value;
        Require(kind != SqlType.Any, name, $"its type, {TSqlText.Of(type)}, is none of those we use");
        Require((column.Collation?.Value == "Latin1_General_100_BIN2") == (kind == SqlType.Text), name, "a text compares by Latin1_General_100_BIN2");
        var nullable = column.Constraints.OfType<NullableConstraintDefinition>().LastOrDefault()?.Nullable;
        Require(!isKey || nullable == false, name, "a key is NOT NULL");
        return new SqlColumn(
            name, kind, nullable ?? true, column.IdentityOptions is not null || column.DefaultConstraint is not null, column.IdentityOptions is not null, bytes);
    }

    private SqlTable? Table(SchemaObjectName name)
    {
        var known = _tables.GetValueOrDefault(name.BaseIdentifier.Value);
        Require(known is not null, name.BaseIdentifier.Value, "there is no such table");
        return known;
    }

    private void Require(bool holds, string where, string what)
    {
        if (!holds)
        {
            _faults.Add($"{where}: {what}");
        }
    }

    /// <summary>Of the files that the program carries.</summary>
    public static SqlServerSchema OfProgram() => Of(ProgramFiles);

    /// <summary>The same with the temporary tables of the connection that writes.</summary>
    public static SqlServerSchema OfWriter() => Of([.. ProgramFiles, ("sent", SqlServerBulk.CreateSent), ("rejected", SqlServerBulk.CreateRejected)]);

    private static IEnumerable<(string Name, string Sql)> ProgramFiles =>
        SchemaUpgrade.Files("sqlserver").Select(file => (file.Name, file.Sql)).Prepend(("journal", SqlServerText.CreateJournal));
}

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>A table of the SQL Server schema, or the rows of a query.</summary>
internal sealed class SqlTable(string name)
{
    public string Name => name;

    public List<SqlColumn> Columns { get; } = [];

    /// <summary>Columns of the primary key, in order.</summary>
    public List<string> PrimaryKey { get; } = [];

    /// <summary>Columns of each unique key beside it, in order.</summary>
    public List<string> UniqueKeys { get; } = [];

    public List<string> Indexes { get; } = [];

    public SqlColumn? Find(string column) => Columns.Find(known => known.Name == column);
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsNullable">Whether a row may be without.</param>
/// <param name="IsGiven">Whether the engine gives it to a row that comes without: numbered, or with a default.</param>
/// <param name="IsNumbered">Whether the engine gives it and takes no other.</param>
/// <param name="MostBytes">How long it can be in an index; null: not in any.</param>
internal sealed record SqlColumn(string Name, SqlType Type, bool IsNullable = true, bool IsGiven = false, bool IsNumbered = false, int? MostBytes = null);

namespace Microsoft.SqlServer.Server;

/// <summary>Makes a static method a function of SQL Server.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public class SqlFunctionAttribute : Attribute
{
    /// <summary>Whether the same arguments and data give the same result always.</summary>
    public bool IsDeterministic { get; set; }

    /// <summary>Whether it reads data of users.</summary>
    public DataAccessKind DataAccess { get; set; }

    /// <summary>Whether it reads the system catalogue.</summary>
    public SystemDataAccessKind SystemDataAccess { get; set; }

    /// <summary>Whether it computes exactly, without floating point.</summary>
    public bool IsPrecise { get; set; }

    /// <summary>Name in SQL Server; null for that of the method.</summary>
    public string? Name { get; set; }

    /// <summary>Columns of a table-valued function, as in T-SQL.</summary>
    public string? TableDefinition { get; set; }

    /// <summary>Method that fills a row of a table-valued function.</summary>
    public string? FillRowMethodName { get; set; }
}

namespace LabServer.Cli.Output;

/// <summary>How rows are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>RFC 4180 with a header line; column names in snake case.</summary>
    Csv,

    /// <summary>JSON; property names in camel case.</summary>
    Json,
}

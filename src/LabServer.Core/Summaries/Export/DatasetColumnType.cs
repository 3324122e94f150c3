namespace LabServer.Core.Summaries;

/// <summary>What the cells of a column are. An empty cell is a missing value in every one of them.</summary>
public enum DatasetColumnType
{
    /// <summary>Text; dates too, since they may be partial.</summary>
    Text = 0,

    /// <summary>A whole number.</summary>
    Whole = 1,

    /// <summary>A decimal number without an exponent.</summary>
    Number = 2,
}

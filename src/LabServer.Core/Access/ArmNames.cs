namespace LabServer.Core.Access;

/// <summary>Words of blinding.</summary>
public static class ArmNames
{
    /// <summary>The one arm of a table that shows none.</summary>
    public const string Pooled = "All subjects";
}

namespace LabServer.Core.Storage;

/// <summary>Whether somebody must look. The numbers are stored.</summary>
public enum AlertState
{
    /// <summary>Somebody must look.</summary>
    Open = 1,

    /// <summary>Somebody has looked.</summary>
    Acknowledged = 2,

    /// <summary>Its cause is gone.</summary>
    Withdrawn = 3,
}

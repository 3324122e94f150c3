namespace LabServer.Core.Storage;

/// <summary>What an alert is about. The numbers are stored.</summary>
public enum AlertKind
{
    /// <summary>An event whose worst grade is 3 or more.</summary>
    EventGrade = 1,

    /// <summary>A result beyond a critical limit of the catalogue.</summary>
    CriticalValue = 2,
}

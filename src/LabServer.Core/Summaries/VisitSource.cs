namespace LabServer.Core.Summaries;

/// <summary>Where the visit of a result comes from.</summary>
public enum VisitSource
{
    /// <summary>It has none.</summary>
    None = 0,

    /// <summary>The laboratory sent it.</summary>
    Sent = 1,

    /// <summary>The study's visit windows, by study day.</summary>
    Window = 2,
}

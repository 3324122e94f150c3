namespace LabServer.Core.Storage;

/// <summary>What brings changes of events about.</summary>
internal static class EventCause
{
    public const string Grading = "GRADING";
    public const string Review = "REVIEW";
    public const string Report = "REPORT";
}

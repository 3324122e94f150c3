using System.Reflection;

namespace LabServer.Core.Tests.Support;

/// <summary>A sound result, and what it takes to spoil one field of it.</summary>
internal static class SampleResult
{
    /// <summary>ALT of 27 U/L, with every field filled in.</summary>
    public static LabResult Alt { get; } = new()
    {
        StudyId = "CDISCPILOT01",
        Laboratory = "CENTRAL",
        SourceResultId = "01-701-1015/1",
        SubjectId = "01-701-1015",
        Specimen = "SERUM",
        Category = "CHEMISTRY",
        TestCode = "ALT",
        ReportedValue = "27",
        ReportedUnit = "U/L",
        ReferenceLow = "6",
        ReferenceHigh = "34",
        CollectedAt = "2014-01-16T13:17",
        ResultedAt = "2014-01-17T08:00",
        Visit = "WEEK 2",
        VisitNumber = "4",
        Instrument = "Cobas 8000",
        Method = "IFCC",
        Status = ResultStatus.Final,
        SpecimenCondition = "HEMOLYZED",
        Fasting = Fasting.No,
    };

    /// <summary>Names of the properties that hold text.</summary>
    public static IReadOnlyList<string> TextFields { get; } =
        [.. typeof(LabResult).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name)];

    /// <summary>A copy with one text replaced.</summary>
    public static LabResult With(LabResult result, string field, string text)
    {
        var copy = result with { };
        typeof(LabResult).GetProperty(field, BindingFlags.Public | BindingFlags.Instance)!.SetValue(copy, text);
        return copy;
    }
}

using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>One line an entry of a profile; of a kind that has no such thing a column is empty.</summary>
internal static class ProfileColumns
{
    /// <summary>Every column.</summary>
    public static IReadOnlyList<Column<ProfileEntry>> All { get; } =
    [
        new("at", entry => entry.At),
        new("study_day", entry => entry.HasStudyDay ? entry.StudyDay : null),
        new("kind", entry => Enums.Lower(entry.WhatCase)),
        new("what", What),
        new("value", Value),
        new("unit", entry => entry.Result?.ReportedUnit ?? entry.Dose?.Unit ?? ""),
        new("lower_limit", entry => entry.Result is { HasLowerLimit: true } result ? result.LowerLimit : null, InTable: false),
        new("upper_limit", entry => entry.Result is { HasUpperLimit: true } result ? result.UpperLimit : null, InTable: false),
        new("indicator", entry => entry.Result is { Indicator: not RangeIndicator.Unspecified } result ? Enums.Lower(result.Indicator) : ""),
        new("baseline", entry => entry.Result is { Baseline: true } ? "Y" : ""),
        new("grade", GradeText),
        new("flags", entry => entry.Result?.Flags ?? []),
        new("visit", entry => entry.Result?.Visit ?? entry.Dose?.Visit ?? ""),
        new("end", entry => entry.Dose?.EndAt ?? entry.Event?.End ?? ""),
        new("source", entry => entry.Event is { } found ? Enums.Lower(found.Source) : ""),
        new("review_state", entry => entry.Event is { } found ? Enums.Lower(found.ReviewState) : ""),
        new("standard_value", entry => entry.Result is { HasStandardValue: true } result ? result.StandardValue : null, InTable: false),
        new("standard_unit", entry => entry.Result?.StandardUnit ?? "", InTable: false),
        new("laboratory", entry => entry.Result?.Laboratory ?? "", InTable: false),
        new("id", entry => entry.Result?.SourceResultId ?? entry.Dose?.DoseId ?? entry.Event?.EventId ?? "", InTable: false),
        new("grades", Grades, InTable: false),
        new("not_given", entry => entry.Dose is { NotGiven: true } ? "Y" : "", InTable: false),
        new("worst_grade", entry => entry.Event?.WorstGrade, InTable: false),
        new("serious", entry => entry.Event?.Report is { } report ? Enums.Lower(report.Serious)
            : entry.Event?.Review is { } review ? Enums.Lower(review.Serious) : "", InTable: false),
    ];

    private static string What(ProfileEntry entry) => entry.Result?.Test ?? entry.Dose?.Treatment ?? entry.Event?.Term ?? "";

    private static string Value(ProfileEntry entry) => entry.Result?.ReportedValue
        ?? (entry.Dose is { } dose ? dose.NotGiven ? "not given" : dose.Amount : "");

    private static string GradeText(ProfileEntry entry) => entry.Event is { } found
        ? Cell.Text(found.WorstGrade)
        : string.Join("; ", (entry.Result?.Grades ?? []).Select(grade => $"{grade.Term}: {(grade.HasGrade ? Cell.Text(grade.Grade) : grade.Reason)}"));

    private static JsonArray Grades(ProfileEntry entry) =>
    [
        .. (entry.Result?.Grades ?? []).Select(grade => new JsonObject
        {
            ["term"] = grade.Term,
            ["direction"] = ShiftWords.Direction(grade.Direction),
            ["grade"] = grade.HasGrade ? grade.Grade : null,
            ["reason"] = grade.Reason.Length > 0 ? grade.Reason : null,
        }),
    ];
}

using System.Globalization;
using System.Text;

namespace LabServer.Cli.SampleTrial;

/// <summary>Writes the sample trial as the three plain CSV files that labctl imports and pushes.</summary>
internal static class SampleTrialFiles
{
    /// <summary>Seed of the trial the documentation shows.</summary>
    public const long DefaultSeed = 4288102;

    private const string SubjectsHeader = "subject_id,arm,planned_arm,sex,birth_date,first_dose_at,site_id,attribute:severity";

    private const string ResultsHeader =
        "source_result_id,subject_id,category,specimen,test_code,reported_value,reported_unit,reference_low,reference_high,collected_at,visit";

    private const string EventsHeader =
        "report_id,subject_id,reported_term,coded_term,system_organ_class,onset,end,grade,serious,relatedness,outcome";

    /// <summary>
    /// Writes <c>subjects.csv</c>, <c>results.csv</c> and <c>adverse-events.csv</c> into <paramref name="folder"/>, which is made where absent.
    /// The same seed gives the same bytes everywhere: UTF-8 without a mark, lines ended by LF.
    /// </summary>
    /// <returns>Numbers of subjects, results and reported events written.</returns>
    public static (int Subjects, int Results, int Events) Write(string folder, long seed)
    {
        var trial = new SampleResults(seed);
        var results = trial.Draw().OrderBy(result => result.CollectedAt).ToArray();
        Directory.CreateDirectory(folder);
        WriteLines(Path.Combine(folder, "subjects.csv"), SubjectsHeader, trial.Subjects.Select(Line));
        WriteLines(Path.Combine(folder, "results.csv"), ResultsHeader, results.Select(Line));
        var events = SampleEvents.Draw(seed, trial.Subjects);
        WriteLines(Path.Combine(folder, "adverse-events.csv"), EventsHeader, events.Select(Line));
        return (trial.Subjects.Count, results.Length, events.Count);
    }

    private static string Line(SampleSubject subject)
    {
        var arm = subject.Arm == SampleArm.Msc ? "MSC" : "Placebo";
        return string.Join(',', subject.SubjectId, arm, arm, subject.IsWoman ? "F" : "M",
            Date(subject.BirthDate), Time(subject.FirstDoseAt), subject.SiteId, subject.IsSevere ? "severe" : "moderate");
    }

    private static string Line(SampleResult result)
    {
        var (test, limits) = (result.Test, result.Limits);
        return string.Join(',', result.SourceResultId, result.Subject.SubjectId, test.Category, test.Specimen, test.Code,
            Number(result.Value, test), test.Unit, Number(limits.Low, test), Number(limits.High, test),
            Time(result.CollectedAt), result.Visit.Name);
    }

    // A report id is of its subject and term, since nobody has the same event twice here. Classes have commas in their names.
    private static string Line(SampleEvent happened) => string.Join(',',
        $"{happened.Subject.SubjectId}/{happened.Planned.Term}", happened.Subject.SubjectId, happened.Planned.Term, happened.Planned.Term,
        $"\"{happened.Planned.SystemOrganClass}\"", Date(happened.Onset), happened.End is { } end ? Date(end) : "",
        happened.Grade.ToString(CultureInfo.InvariantCulture), happened.IsSerious ? "Y" : "N", happened.Relatedness, happened.Outcome);

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(decimal? value, SampleTest test) =>
        value?.ToString($"F{test.Decimals}", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static void WriteLines(string path, string header, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.NewLine = "\n";
        writer.WriteLine(header);
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }
    }
}

using System.Globalization;
using System.Text;

namespace LabServer.Cli.SampleTrial;

/// <summary>Writes the sample trial as the two plain CSV files that labctl imports and pushes.</summary>
internal static class SampleTrialFiles
{
    /// <summary>Seed of the trial the documentation shows.</summary>
    public const long DefaultSeed = 4288102;

    private const string SubjectsHeader = "subject_id,arm,planned_arm,sex,birth_date,first_dose_at,site_id,attribute:severity";

    private const string ResultsHeader =
        "source_result_id,subject_id,category,specimen,test_code,reported_value,reported_unit,reference_low,reference_high,collected_at,visit";

    /// <summary>
    /// Writes <c>subjects.csv</c> and <c>results.csv</c> into <paramref name="folder"/>, which is made where absent.
    /// The same seed gives the same bytes everywhere: UTF-8 without a mark, lines ended by LF.
    /// </summary>
    /// <returns>Numbers of subjects and results written.</returns>
    public static (int Subjects, int Results) Write(string folder, long seed)
    {
        var trial = new SampleResults(seed);
        var results = trial.Draw().OrderBy(result => result.CollectedAt).ToArray();
        Directory.CreateDirectory(folder);
        WriteLines(Path.Combine(folder, "subjects.csv"), SubjectsHeader, trial.Subjects.Select(Line));
        WriteLines(Path.Combine(folder, "results.csv"), ResultsHeader, results.Select(Line));
        return (trial.Subjects.Count, results.Length);
    }

    private static string Line(SampleSubject subject)
    {
        var arm = subject.Arm == SampleArm.Msc ? "MSC" : "Placebo";
        return string.Join(',', subject.SubjectId, arm, arm, subject.IsWoman ? "F" : "M",
            subject.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Time(subject.FirstDoseAt), subject.SiteId, subject.IsSevere ? "severe" : "moderate");
    }

    private static string Line(SampleResult result)
    {
        var (test, limits) = (result.Test, result.Limits);
        return string.Join(',', result.SourceResultId, result.Subject.SubjectId, test.Category, test.Specimen, test.Code,
            Number(result.Value, test), test.Unit, Number(limits.Low, test), Number(limits.High, test),
            Time(result.CollectedAt), result.Visit.Name);
    }

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

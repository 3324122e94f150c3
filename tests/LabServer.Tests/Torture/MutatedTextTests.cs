using System.Diagnostics;
using System.Text;
using LabServer.Cli;
using LabServer.Cli.AdverseEvents;
using LabServer.Cli.Doses;
using LabServer.Cli.Files;
using LabServer.Cli.Ranges;
using LabServer.Cli.Results;
using LabServer.Cli.Studies;
using LabServer.Cli.Subjects;
using LabServer.Core;
using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>Files, units, values and dates that are nearly right, against what reads them.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class MutatedTextTests : IDisposable
{
    private const int LinesPerFile = 20;

    private static readonly (string Header, string[] Lines, Action<CsvFile> Read)[] Files =
    [
        ("source_result_id,subject_id,test_code,reported_value,reported_unit,reference_low,reference_high,collected_at,version,fasting,status",
            ["1,01-701-1015,ALT,3.90,U/L,3.3,40,2014-01-16T13:17,1,Y,final", "\"2\",\"01,1\",\"K\",\"<0.5\",mmol/L,,5,2014-01,,,corrected"],
            file => Drain(new ResultFileReader(file).Read())),
        ("STUDYID,USUBJID,LBSEQ,LBTESTCD,LBORRES,LBORRESU,LBORNRLO,LBORNRHI,LBSTAT,LBDTC",
            ["S,01-1,39,ALB,3.90,g/dL,3.3,4.9,,2014-01-16T13:17", "S,01-1,40,ALB,,,,,NOT DONE,2014-01-16"],
            file => Drain(new ResultFileReader(file).Read())),
        ("subject_id,arm,sex,birth_date,first_dose_at,site_id,attribute:severity",
            ["01,A,male,1960-01-02,2021-03-01,S1,mild", "02,B,F,1960,2021-03-01T08:00,\"S,2\","],
            file => Drain(SubjectFileReader.Create(file, null).Read())),
        ("subject_id,dose_id,treatment,amount,unit,start_at,end_at",
            ["01,1,MSC,3,M,2021-03-01,", "01,2,\"Pla\"\"cebo\",1e6,cells,2021-03-02,2021-03-03"],
            file => Drain(new DoseFileReader(file).Read())),
        ("test_code,unit,low,high,sex,age_from,age_to,method,valid_from",
            ["ALT,U/L,5,40,,,,,2020-01-01", "CREAT,umol/L,45,84,F,18,65,enzymatic,2020-01-01"],
            file => Drain(new RangeFileReader(file).Read())),
        ("subject_id,reported_term,system_organ_class,onset,grade,report_id,serious",
            ["01,Cough,Respiratory,2021-03-08,2,R1,N", "02,\"Fever, chills\",General,2021-03,1,R2,Y"],
            file => Drain(new ReportFileReader(file).Read())),
        ("visit,visit_number,first_day,last_day", ["Week 1,2,5,10", "Week 2,3,11,"], file => Drain(VisitWindowReader.Read(file))),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CsvLines_Mutated_AreReadOrRefusedAsFaults()
    {
        var lines = Battery.Size(4_000, 200_000);
        var mutation = new Mutation(Battery.Seed);
        var path = Path.Combine(_folder.Path, "lines.csv");
        var (read, refused) = (0, 0);
        var watch = Stopwatch.StartNew();
        for (var written = 0; written < lines; written += LinesPerFile)
        {
            var (header, good, reader) = mutation.Of(Files);
            var text = mutation.Chance(10) ? mutation.Text(header, 1) : header;
            foreach (var line in Enumerable.Range(0, LinesPerFile).Select(_ => mutation.Text(mutation.Of(good), mutation.Next(4))))
            {
                text += "\n" + line;
            }

            var bytes = Encoding.UTF8.GetBytes(text);
            File.WriteAllBytes(path, mutation.Chance(3) ? mutation.Bytes(bytes, 3) : bytes);
            try
            {
                using var file = CsvFile.Open(path);
                reader(file);
                read++;
            }
            catch (Exception exception) when (exception is UsageException or CommandFailure)
            {
                // What labctl tells its caller, in one line.
                refused++;
            }
        }

        watch.Stop();
        Assert.True(read > refused && refused > 0, $"{read} files read, {refused} refused");
        Battery.Report("mutated CSV lines", $"{lines} lines in {read + refused} files, {read} read with their faults, {refused} refused, no crash, in {watch.Elapsed.TotalSeconds:F0} s");
    }

    [Fact]
    public void Units_ValuesAndDates_Mutated_AreKnownOrNot()
    {
        var texts = Battery.Size(20_000, 200_000);
        var mutation = new Mutation(Battery.Seed);
        var tests = TestCatalogue.Default.Tests;
        var (known, numbers, dates) = (0, 0, 0);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < texts; i++)
        {
            var test = mutation.Of(tests);
            var unit = mutation.Text(mutation.Of(["10^9/L", "x10E9/L", "mmol/L", "ug/dL", "µkat/L", "THOU/uL", "mL/min/{1.73_m2}", "%", "NO UNITS"]), mutation.Next(3));
            known += UnitNames.Canonical(unit) is null ? 0 : 1;
            // What two ways say of one text has to agree.
            Assert.True(test.FindUnit(unit) is null || !UnitNames.IsAbsent(unit) || test.FindUnit(null) is not null, unit);

            var value = mutation.Text(mutation.Of(["61.60", "<0.5", "> 1000", "POSITIVE", "1:160", "1.5e3", "-0", "1,5"]), mutation.Next(3));
            numbers += ReportedValueReader.Read(value, out _) is null ? 1 : 0;

            var date = mutation.Text(mutation.Of(["2021-03-02", "2021-03", "2021", "2021-03-02T10:15:00Z", "2021-03-02T10:15+05:30", "2024-02-29"]), mutation.Next(3));
            dates += PartialDateTime.TryRead(date, out _, out var fault) ? 1 : 0;
            Assert.Equal(fault is null, PartialDateTime.TryRead(date, out _, out _));
        }

        watch.Stop();
        Assert.True(known > texts / 20 && numbers > texts / 20 && dates > texts / 20, $"{known} {numbers} {dates}");
        Battery.Report(
            "mutated unit strings", $"{texts} units, values and dates, of them {known}, {numbers} and {dates} understood, the others refused, no crash, in {watch.Elapsed.TotalSeconds:F0} s");
    }

    private static void Drain<T>(IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            Assert.NotNull(row);
        }
    }
}

using LabServer.Cli.Files;
using LabServer.Core.Grading;

namespace LabServer.Cli.Grading;

/// <summary>Reads rows to evaluate, their columns in any order.</summary>
/// <exception cref="UsageException">The column id, term or value is missing.</exception>
internal sealed class EvaluationRowReader(CsvFile file)
{
    private readonly int _id = file.RequiredPosition("id");
    private readonly int _term = file.RequiredPosition("term");
    private readonly int _value = file.RequiredPosition("value");
    private readonly int _unit = file.Position("unit");
    private readonly int _lowerLimit = file.Position("lln");
    private readonly int _upperLimit = file.Position("uln");
    private readonly int _baseline = file.Position("baseline");
    private readonly int _baselineLowerLimit = file.Position("baseline_lln");
    private readonly int _baselineUpperLimit = file.Position("baseline_uln");
    private readonly int _sex = file.Position("sex");
    private readonly int _birthDate = file.Position("birth_date");
    private readonly int _collectedOn = file.Position("collected_on");
    private readonly int _onAnticoagulation = file.Position("on_anticoagulation");
    private readonly int _hivInfected = file.Position("hiv_infected");

    /// <summary>The row as the evaluation takes it.</summary>
    public EvaluationRow Read(CsvRow row) => new(
        row[_id], row[_term], row[_value], row[_unit], row[_lowerLimit], row[_upperLimit],
        row[_baseline], row[_baselineLowerLimit], row[_baselineUpperLimit],
        row[_sex], row[_birthDate], row[_collectedOn])
    {
        OnAnticoagulation = row[_onAnticoagulation],
        HivInfected = row[_hivInfected],
    };
}

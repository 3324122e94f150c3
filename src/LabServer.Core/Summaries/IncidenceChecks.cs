using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>Checks what a table of adverse events is asked for.</summary>
public static class IncidenceChecks
{
    /// <summary>Every fault at once, arms and strata apart; empty: good. Field names are those of the API.</summary>
    public static IReadOnlyList<Fault> Check(IncidenceQuery query)
    {
        List<Fault> faults = [];
        if (query.FromDay == 0)
        {
            faults.Add(new Fault(FaultCode.PeriodInvalid, "from_day", "there is no study day 0: day 1 is the day of the first dose"));
        }

        if (query.ToDay == 0)
        {
            faults.Add(new Fault(FaultCode.PeriodInvalid, "to_day", "there is no study day 0: day 1 is the day of the first dose"));
        }

        if (query.FromDay > query.ToDay)
        {
            faults.Add(new Fault(FaultCode.PeriodInvalid, "to_day", "lies before from_day"));
        }

        if (!Enum.IsDefined(query.Serious))
        {
            faults.Add(new Fault(FaultCode.SeriousnessUnknown, "serious", "is neither yes nor no"));
        }

        if (query.Relatedness.Any(step => step == Relatedness.None || !Enum.IsDefined(step)))
        {
            faults.Add(new Fault(FaultCode.RelatednessUnknown, "relatedness", "names a relatedness that there is not"));
        }

        return faults;
    }
}

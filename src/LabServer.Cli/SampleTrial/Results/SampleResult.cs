namespace LabServer.Cli.SampleTrial;

/// <summary>One laboratory result of the sample trial, as the laboratory would print it.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Visit">Visit.</param>
/// <param name="CollectedAt">LBDTC, study time.</param>
/// <param name="Test">Test.</param>
/// <param name="Value">LBORRES, in the test's unit and with its decimals.</param>
internal sealed record SampleResult(
    SampleSubject Subject, SampleVisit Visit, DateTime CollectedAt, SampleTest Test, decimal Value)
{
    /// <summary>The laboratory's own id.</summary>
    public string SourceResultId => $"{Subject.SubjectId}/{Visit.Label}/{Test.Code}";

    /// <summary>The range printed beside it.</summary>
    public SampleLimits Limits => Test.LimitsOf(Subject.IsWoman);
}

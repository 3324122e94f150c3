namespace LabServer.Core.Audit;

/// <summary>Something wrong with the trail.</summary>
/// <param name="Number">Number of the entry where it shows.</param>
/// <param name="Code">What it is.</param>
/// <param name="Message">In words, without what the entry says.</param>
public sealed record AuditFault(long Number, FaultCode Code, string Message)
{
    /// <summary>The code as it is sent.</summary>
    public string WireCode => new Fault(Code, "", Message).WireCode;
}

namespace LabServer.Core;

/// <summary>Status of a result, as the laboratory gave it (LBSTAT and the laboratory's own flags).</summary>
public enum ResultStatus
{
    /// <summary>Not yet confirmed by the laboratory.</summary>
    Preliminary = 1,

    /// <summary>Confirmed. The default.</summary>
    Final = 2,

    /// <summary>A final result that replaces an earlier one.</summary>
    Corrected = 3,

    /// <summary>Withdrawn by the laboratory: kept as sent, has no standard value, is not graded.</summary>
    Cancelled = 4,
}

namespace LabServer.Core.Audit;

/// <summary>
/// Whether who reads the trail may see what tells an arm. The one place where the trail is told: the access check hands it
/// to <see cref="Storage.AuditTrail.List"/> and <see cref="Storage.AuditTrail.Read(long, long, AuditSight)"/>, and its own type replaces this one.
/// </summary>
public enum AuditSight
{
    /// <summary>Sealed fields are left out, in the query itself.</summary>
    Blinded = 0,

    /// <summary>Sealed fields are there.</summary>
    Unblinded = 1,
}

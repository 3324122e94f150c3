using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>The lock under which one server writes at a time was not given.</summary>
/// <param name="result">As <c>sp_getapplock</c> returns it.</param>
public sealed class WriteLockException(int result)
    : DbException(FormattableString.Invariant($"The lock for writing was not given ({result}): another server holds it."))
{
    /// <summary>Whether it was refused so that others, who waited for one another with this one, can go on.</summary>
    public bool IsDeadlock => result == -3;
}

using LabServer.Core.Access;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Access;

public sealed class RolePermissionsTests
{
    private static readonly Role[] Columns = [Role.Laboratory, Role.SafetyOfficer, Role.Statistician, Role.StudyAdmin, Role.Auditor, Role.Monitor, Role.Admin];

    [Fact]
    public void Page_OfAccess_HasTheTable()
    {
        string[] table =
        [
            .. Enum.GetValues<Permission>().Select(permission =>
                $"| {permission}{(RolePermissions.IsOfAllStudies(permission) ? " ¹" : "")} | "
                + string.Join(" | ", Columns.Select(role => RolePermissions.Has(role, permission) ? "yes" : "")) + " |"),
        ];
        var page = File.ReadAllLines(Checkout.File("docs", "access.md"));
        var start = Array.IndexOf(page, "<!-- roles -->");
        var end = Array.IndexOf(page, "<!-- /roles -->");

        Assert.Equal($"| may | {string.Join(" | ", Columns.Select(role => role.Word()))} |", page[start + 1]);
        Assert.Equal(table, page[(start + 3)..end]);
    }

    [Fact]
    public void Roles_InOrder_AreAllThatCanBeGiven()
    {
        Assert.Equal(Columns, RolePermissions.Roles);
        Assert.All(Columns, role => Assert.Equal(role, RolePermissions.Read(role.Word())));
        Assert.Null(RolePermissions.Read(""));
        Assert.Null(RolePermissions.Read("Admin"));
    }

    [Fact]
    public void May_LimitedToStudies_NothingThatIsOfAllStudies()
    {
        var limited = new Caller("x", Role.StudyAdmin) { Studies = new HashSet<string> { "S" } };

        Assert.True(new Caller("x", Role.StudyAdmin).May(Permission.CreateStudies));
        Assert.False(limited.May(Permission.CreateStudies));
        Assert.True(limited.May(Permission.ChangeStudies));
    }

    [Fact]
    public void SightOf_WithoutAGrant_IsBlindedForAllButTheAdministrator()
    {
        var granted = new Caller("x", Role.Statistician) { UnblindedStudies = new HashSet<string> { "S" } };

        Assert.Equal(ArmSight.Unblinded, granted.SightOf("S"));
        Assert.Equal(ArmSight.Blinded, granted.SightOf("T"));
        Assert.All(Columns, role => Assert.Equal(role == Role.Admin ? ArmSight.Unblinded : ArmSight.Blinded, new Caller("x", role).SightOf("S")));
    }
}

using LabServer.Core.Access;

namespace LabServer.Core.Tests.Access;

public sealed class ApiKeyChecksTests
{
    private const long Now = 1_000_000;

    [Theory]
    [InlineData("laboratory", "LAB", "", "", "")]
    [InlineData("laboratory", "", "", "", "laboratories")]
    [InlineData("laboratory", "(derived)", "", "", "laboratories")]
    [InlineData("laboratory", "LAB", "S", "why", "unblinded_studies")]
    [InlineData("statistician", "", "S", "why", "")]
    [InlineData("statistician", "", "S", "", "reason")]
    [InlineData("statistician", "LAB", "", "", "laboratories")]
    [InlineData("statistician", "", "T", "why", "unblinded_studies")]
    [InlineData("auditor", "", "S", "why", "unblinded_studies")]
    [InlineData("admin", "", "", "", "studies")]
    public void Check_Scopes_NamesTheFieldThatIsWrong(string role, string laboratory, string unblinded, string reason, string field)
    {
        var key = Key(RolePermissions.Read(role)!.Value) with
        {
            Studies = ["S"],
            Laboratories = laboratory.Length > 0 ? [laboratory] : [],
            UnblindedStudies = unblinded.Length > 0 ? [unblinded] : [],
            Reason = reason,
        };

        Assert.Equal(field, string.Join(' ', ApiKeyChecks.Check(key, Now).Select(fault => fault.Field)));
    }

    [Theory]
    [InlineData("dr.a-1_b", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("jwt:a", false)]
    [InlineData("admin", false)]
    [InlineData("Admin", false)]
    [InlineData("anonymous", false)]
    [InlineData("ärztin", false)]
    public void Check_Name_IsLettersDigitsAndMarks(string name, bool good) =>
        Assert.Equal(good, ApiKeyChecks.Check(Key(Role.Auditor) with { Name = name }, Now).Count == 0);

    [Theory]
    [InlineData(Now - 1, false)]
    [InlineData(Now, false)]
    [InlineData(Now + 1, true)]
    public void Check_Expiry_IsInTheFuture(long expiresUs, bool good) =>
        Assert.Equal(good, ApiKeyChecks.Check(Key(Role.Auditor) with { ExpiresUs = expiresUs }, Now).Count == 0);

    [Fact]
    public void Check_NoRole_IsAFault() => Assert.Equal("role", Assert.Single(ApiKeyChecks.Check(Key(Role.None), Now)).Field);

    [Fact]
    public void IsValid_AtItsExpiry_IsNot()
    {
        var key = Key(Role.Auditor) with { ExpiresUs = Now };

        Assert.True(key.IsValid(Now - 1));
        Assert.False(key.IsValid(Now));
        Assert.False((key with { ExpiresUs = null, RevokedUs = 1 }).IsValid(Now));
    }

    private static ApiKey Key(Role role) => new() { KeyId = "", Name = "name", Role = role };
}

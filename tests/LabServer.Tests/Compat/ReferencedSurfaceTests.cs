using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using LabServer.Api.Health;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.Server;

namespace LabServer.Tests.Compat;

/// <summary>Everything the packages and generated code reference in the stand-ins is there, in the shape they reference it.</summary>
public sealed class ReferencedSurfaceTests
{
    private static readonly Assembly Api = typeof(ServerCallContext).Assembly;
    private static readonly Assembly Common = typeof(ICompressionProvider).Assembly;
    private static readonly Assembly SqlServer = typeof(SqlUserDefinedTypeAttribute).Assembly;

    /// <summary>Binary, what it references, and how many types and members at least, so that an empty table cannot pass.</summary>
    public static TheoryData<Assembly, Assembly, int, int> References => new()
    {
        { typeof(GrpcServiceOptions).Assembly, Api, 25, 50 },
        { typeof(GrpcServiceOptions).Assembly, Common, 3, 5 },
        { typeof(GrpcChannel).Assembly, Api, 25, 50 },
        { typeof(GrpcChannel).Assembly, Common, 4, 5 },
        { typeof(HealthCheckRequest).Assembly, Api, 25, 30 },
        { typeof(Echo).Assembly, Api, 25, 30 },
        { typeof(SqlParameter).Assembly, SqlServer, 3, 3 },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void StandIn_ReferencedByABinary_HasEveryTypeAndMember(
        Assembly binary, Assembly standIn, int leastTypes, int leastMembers)
    {
        using var references = new AssemblyReferences(binary.Location, standIn.GetName().Name!);
        var types = references.Types;
        var members = references.Members;
        Assert.True(types.Count >= leastTypes, $"Only {types.Count} types found: the tables were not read.");
        Assert.True(members.Count >= leastMembers, $"Only {members.Count} members found: the tables were not read.");

        var missing = types.Where(name => standIn.GetType(name) is not { } type || !IsReferable(type)).ToList();
        var there = types.Select(name => standIn.GetType(name)).OfType<Type>().SelectMany(SignatureText.MembersOf).ToHashSet();
        missing.AddRange(members.Where(member => !there.Contains(member)));
        Assert.True(missing.Count == 0, "Missing:\n" + string.Join('\n', missing));
    }

    [Theory]
    [MemberData(nameof(References))]
    public void StandIn_ReferencedByABinary_HasTheIdentityAsked(
        Assembly binary, Assembly standIn, int leastTypes, int leastMembers)
    {
        Assert.True(leastTypes > 0 && leastMembers > 0);
        using var references = new AssemblyReferences(binary.Location, standIn.GetName().Name!);
        // SqlClient names the key of Microsoft's own assembly; at run time only the name has to fit.
        var asked = standIn == SqlServer ? references.Identity.Split(", PublicKeyToken")[0] : references.Identity;
        Assert.StartsWith(asked, standIn.FullName, StringComparison.Ordinal);
    }

    // Type.IsVisible leaves out nested types that only a derived type may name, as generated clients do.
    private static bool IsReferable(Type type) =>
        type.IsPublic
        || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsReferable(type.DeclaringType!));

    /// <summary>A type of a package that derives from a stand-in loads only if no abstract member is left open.</summary>
    [Fact]
    public void TypesOfThePackages_Loaded_AllLoad()
    {
        Assert.NotEmpty(typeof(GrpcServiceOptions).Assembly.GetTypes());
        Assert.NotEmpty(typeof(GrpcChannel).Assembly.GetTypes());
        Assert.NotEmpty(typeof(SqlParameter).Assembly.GetTypes());
    }

    [Fact]
    public void StandIns_Described_SayWhatTheyAre()
    {
        foreach (var standIn in new[] { Api, Common, SqlServer })
        {
            var description = standIn.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description;
            Assert.StartsWith("Stand-in for the package", description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void VersionInfo_OfTheStandIn_IsTheVersionOfThePackages()
    {
        Assert.Equal(VersionInfo.CurrentAssemblyVersion, Api.GetName().Version!.ToString());
        Assert.Equal(
            VersionInfo.CurrentAssemblyFileVersion, Api.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version);
        Assert.Equal(VersionInfo.CurrentVersion + ".0", VersionInfo.CurrentAssemblyFileVersion);
    }
}

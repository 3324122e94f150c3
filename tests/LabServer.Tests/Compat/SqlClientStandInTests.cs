using System.Data;
using System.Data.SqlTypes;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.Data.SqlClient.Server;
using Microsoft.SqlServer.Server;

namespace LabServer.Tests.Compat;

/// <summary>
/// SqlClient without the assembly Microsoft.SqlServer.Server connects, and then throws FileNotFoundException at the
/// first parameter, bulk copy or table-valued parameter.
/// </summary>
public sealed class SqlClientStandInTests
{
    /// <summary>
    /// Compiling a method loads every type it names, which is where a missing assembly shows, without a server.
    /// </summary>
    [Theory]
    [InlineData("Microsoft.Data.SqlClient.SqlParameter")]
    [InlineData("Microsoft.Data.SqlClient.SqlCommand")]
    [InlineData("Microsoft.Data.SqlClient.SqlBulkCopy")]
    [InlineData("Microsoft.Data.SqlClient.SqlDataReader")]
    [InlineData("Microsoft.Data.SqlClient.TdsParser")]
    [InlineData("Microsoft.Data.SqlClient.Server.SqlDataRecord")]
    public void Type_OfSqlClient_CompilesWithoutAMissingAssembly(string name)
    {
        var type = typeof(SqlParameter).Assembly.GetType(name, throwOnError: true)!;
        var methods = type
            .GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
            .Where(method => !method.IsAbstract && !method.ContainsGenericParameters)
            .ToList();
        Assert.NotEmpty(methods);
        foreach (var method in methods)
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
    }

    [Fact]
    public void Parameter_OfEveryKind_TakesItsValue()
    {
        using var command = new SqlCommand();
        command.Parameters.Add(new SqlParameter("@value", SqlDbType.Float) { Value = 61.6 });
        command.Parameters.AddWithValue("@unit", "U/L");
        using var table = new DataTable { Columns = { { "TestCode", typeof(string) } } };
        table.Rows.Add("ALT");
        command.Parameters.Add(new SqlParameter("@rows", SqlDbType.Structured) { TypeName = "dbo.Results", Value = table });
        Assert.Equal([61.6, "U/L", table], command.Parameters.Cast<SqlParameter>().Select(parameter => parameter.Value));
    }

    [Fact]
    public void BulkCopy_OnAClosedConnection_GetsAsFarAsTheConnection()
    {
        using var connection = new SqlConnection("Server=localhost");
        using var copy = new SqlBulkCopy(connection) { DestinationTableName = "dbo.Results" };
        using var table = new DataTable { Columns = { { "TestCode", typeof(string) } } };
        table.Rows.Add("ALT");
        Assert.Throws<InvalidOperationException>(() => copy.WriteToServer(table));
    }

    [Fact]
    public void DataRecord_OfATableValuedParameter_KeepsItsValues()
    {
        var record = new SqlDataRecord(
            new SqlMetaData("TestCode", SqlDbType.NVarChar, 40), new SqlMetaData("Value", SqlDbType.Float));
        record.SetString(0, "ALT");
        record.SetDouble(1, 61.6);
        Assert.Equal(["ALT", 61.6], new[] { record.GetValue(0), record.GetValue(1) });
    }

    /// <summary>The attribute, the format and the interface of the stand-in, used by SqlClient itself.</summary>
    [Fact]
    public void DataRecord_OfAUserDefinedType_WritesItByTheStandInsInterface()
    {
        var record = new SqlDataRecord(new SqlMetaData("Titer", SqlDbType.Udt, typeof(Titer), "dbo.Titer"));
        record.SetValue(0, new Titer { Dilution = 320 });
        Assert.Equal(320, ((Titer)record.GetValue(0)).Dilution);
    }

    [Fact]
    public void MetaData_OfATypeWithoutTheAttribute_IsAnInvalidUdt() =>
        Assert.Throws<InvalidUdtException>(
            () => new SqlMetaData("Titer", SqlDbType.Udt, typeof(SqlClientStandInTests), "dbo.Titer"));

    [Theory]
    [InlineData(-2)]
    [InlineData(8001)]
    public void UserDefinedType_SizeOutOfRange_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new SqlUserDefinedTypeAttribute(Format.UserDefined) { MaxByteSize = size });

    [SqlUserDefinedType(Format.UserDefined, MaxByteSize = 8)]
    public sealed class Titer : INullable, IBinarySerialize
    {
        public int Dilution { get; set; }

        public bool IsNull => false;

        public void Read(BinaryReader r) => Dilution = r.ReadInt32();

        public void Write(BinaryWriter w) => w.Write(Dilution);
    }
}

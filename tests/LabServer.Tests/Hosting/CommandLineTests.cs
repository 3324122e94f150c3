using LabServer.Hosting;

namespace LabServer.Tests.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--data=d --grpc-port=0 --http-port=65535")]
    [InlineData("--http-port 65535 --data d --grpc-port 0")]
    public void Read_AllOptions_BecomeSettings(string line)
    {
        var call = CommandLine.Read(line.Split(' '));

        Assert.Null(call.Fault);
        Assert.Null(call.Text);
        Assert.Equal("d", call.Settings["LabServer:Data"]);
        Assert.Equal("0", call.Settings["LabServer:GrpcPort"]);
        Assert.Equal("65535", call.Settings["LabServer:HttpPort"]);
    }

    [Fact]
    public void Read_Nothing_LeavesAllToFileAndEnvironment() => Assert.Empty(CommandLine.Read([]).Settings);

    [Theory]
    [InlineData("--port 5001", "There is no option '--port'.")]
    [InlineData("data", "There is no option 'data'.")]
    [InlineData("--help=yes", "There is no option '--help'.")]
    [InlineData("--data", "The option '--data' needs a value.")]
    [InlineData("--data --grpc-port 1", "The option '--data' needs a value.")]
    [InlineData("--data=", "The option '--data' needs a value.")]
    [InlineData("--grpc-port five", "'five' is not a port: --grpc-port takes a number from 0 to 65535.")]
    [InlineData("--http-port 65536", "'65536' is not a port: --http-port takes a number from 0 to 65535.")]
    [InlineData("--http-port -1", "'-1' is not a port: --http-port takes a number from 0 to 65535.")]
    [InlineData("--data a --data b", "The option '--data' is given twice.")]
    public void Read_WrongCall_SaysWhatIsWrong(string line, string fault) =>
        Assert.Equal(fault, CommandLine.Read(line.Split(' ')).Fault);

    [Fact]
    public void Read_HelpAndVersion_GiveTheirText()
    {
        Assert.Contains("--grpc-port N", CommandLine.Read(["--help"]).Text, StringComparison.Ordinal);
        Assert.StartsWith("0.", CommandLine.Read(["--version"]).Text, StringComparison.Ordinal);
    }
}

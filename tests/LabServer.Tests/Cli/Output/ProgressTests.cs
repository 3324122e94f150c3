using LabServer.Cli.Output;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Output;

public sealed class ProgressTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task WithProgress_LongWorkIntoAPipe_WritesALineNowAndThenToStandardErrorAlone()
    {
        // Each look at the clock is four seconds after the last: every third report is over ten seconds behind a line.
        using var terminal = new Terminal(_output, _error, new SteppedTime(TimeSpan.FromSeconds(4)));

        var answer = await terminal.WithProgress("results", report =>
        {
            report(0, "0 rows");
            for (var done = 1; done <= 7; done++)
            {
                report(done / 8.0, $"{done} rows");
            }

            return Task.FromResult("done");
        });

        Assert.Equal(("done", ""), (answer, _output.ToString()));
        Assert.Equal("labctl: results: 25 %, 2 rows\nlabctl: results: 62 %, 5 rows\n", _error.ToString());
    }

    [Fact]
    public async Task WithProgress_NothingKnownYet_HasNoShare()
    {
        using var terminal = new Terminal(_output, _error, new SteppedTime(TimeSpan.FromSeconds(10)));

        await terminal.WithProgress("grading-full", report =>
        {
            report(0, "waits for its turn");
            return Task.FromResult(0);
        });

        Assert.Equal("labctl: grading-full: waits for its turn\n", _error.ToString());
    }

    [Fact]
    public async Task WithProgress_ShortWorkOrWorkThatFails_WritesNothing()
    {
        using var terminal = new Terminal(_output, _error, new SteppedTime(TimeSpan.FromSeconds(1)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => terminal.WithProgress<int>("results", report =>
        {
            report(0.5, "1 row");
            throw new InvalidOperationException();
        }));

        Assert.Equal("", _error.ToString());
    }
}

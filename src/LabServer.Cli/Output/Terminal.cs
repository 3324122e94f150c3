using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LabServer.Cli.Output;

/// <summary>Where labctl writes: results to <see cref="Output"/>, everything said about them to <see cref="Error"/>.</summary>
internal sealed class Terminal : IDisposable
{
    // A table in a pipe is as wide as its rows: nobody wants a file cut at the width of a window.
    private const int PipeWidth = 10_000;

    private readonly IAnsiConsole _console;
    private readonly IAnsiConsole? _bar;
    private readonly TimeProvider _time;
    private readonly bool _owned;

    /// <summary>Writes to <paramref name="output"/> and <paramref name="error"/> as to a pipe: no colours, no progress bar.</summary>
    public Terminal(TextWriter output, TextWriter error, TimeProvider time)
        : this(output, error, time, interactive: false, watched: false, owned: false)
    {
    }

    private Terminal(TextWriter output, TextWriter error, TimeProvider time, bool interactive, bool watched, bool owned)
    {
        Output = output;
        Error = error;
        Interactive = interactive;
        _time = time;
        _owned = owned;
        _console = Plain(output, interactive);
        _bar = watched ? Plain(error, interactive: true) : null;
    }

    /// <summary>Results.</summary>
    public TextWriter Output { get; }

    /// <summary>Errors, notes and progress.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether a person looks at it: standard output and standard error are both a terminal.</summary>
    public bool Interactive { get; }

    /// <summary>The console of this process.</summary>
    public static Terminal OfProcess()
    {
        // The results may go to a file while a person looks at the progress.
        var watched = !Console.IsErrorRedirected;
        var interactive = watched && !Console.IsOutputRedirected;
        // Console.Out flushes at each write, which a million rows would feel. A person wants each line at once.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { AutoFlush = interactive, NewLine = "\n" };
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        return new Terminal(output, error, TimeProvider.System, interactive, watched, owned: true);
    }

    /// <summary>An empty table in the style of labctl.</summary>
    public Table NewTable() => new Table().Border(Interactive ? TableBorder.Simple : TableBorder.Ascii2).SafeBorder();

    /// <summary>Writes <paramref name="block"/> to <see cref="Output"/>.</summary>
    public void Write(IRenderable block) => _console.Write(block);

    /// <summary>
    /// Runs <paramref name="work"/> and shows on <see cref="Error"/> how far it is: as a bar where that is a terminal, else as
    /// a plain line every few seconds. <see cref="Output"/> is never written to.
    /// </summary>
    /// <param name="title">What is going on, in a word or two.</param>
    /// <param name="work">Told how to report progress: share done from 0 to 1, and a note.</param>
    public async Task<T> WithProgress<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        if (_bar is null)
        {
            return await work(new ProgressLines(Error, title, _time).Report);
        }

        return await _bar.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask(Markup.Escape(title), maxValue: 1);
                return work((share, note) =>
                {
                    bar.Value = share;
                    bar.Description = Markup.Escape($"{title} {note}");
                });
            });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owned)
        {
            Output.Dispose();
            Error.Dispose();
        }
    }

    private static IAnsiConsole Plain(TextWriter writer, bool interactive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!interactive)
        {
            console.Profile.Width = PipeWidth;
            console.Profile.Capabilities.Unicode = false;
        }

        return console;
    }
}

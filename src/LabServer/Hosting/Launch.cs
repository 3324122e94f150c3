using System.Data.Common;
using LabServer.Core.Storage;
using LabServer.Storage;
using Microsoft.Extensions.Options;

namespace LabServer.Hosting;

/// <summary>A run of the server from its arguments to its exit code: 0 ended well, 1 could not serve, 2 called wrongly.</summary>
internal static class Launch
{
    public static async Task<int> Run(string[] args, Func<IReadOnlyDictionary<string, string?>, WebApplication> compose)
    {
        Cultures.Choose();
        var call = CommandLine.Read(args);
        if (call.Fault is not null)
        {
            await Console.Error.WriteLineAsync($"labserver: {call.Fault}{Environment.NewLine}{CommandLine.Usage}");
            return 2;
        }

        if (call.Text is not null)
        {
            await Console.Out.WriteLineAsync(call.Text);
            return 0;
        }

        try
        {
            await using var app = compose(call.Settings);
            Open(app);
            await StorageRefusal.Guard(
                app.Services.GetRequiredService<Dialect>(),
                app.Services.GetRequiredService<StorageEngine>().Place,
                "the database",
                StorageSetup.IfDamaged,
                () => app.StartAsync());
            await app.WaitForShutdownAsync();
            // A supervisor starts again what did not end well.
            return app.Services.GetRequiredService<Database>().Copies.IsLost ? 1 : 0;
        }
        catch (Exception exception) when (Refusal(exception) is { } why)
        {
            await Console.Error.WriteLineAsync($"labserver: {why}");
            return 1;
        }
    }

    /// <summary>
    /// Checks all settings and opens the data before anything is served, so that what is wrong with them is told as it
    /// is and not as a failure of whatever needed them first.
    /// </summary>
    /// <exception cref="OptionsValidationException">Settings are wrong; the message has all faults.</exception>
    /// <exception cref="DataFolderException">The data folder cannot be used.</exception>
    /// <exception cref="SchemaException">The database is not one for this program.</exception>
    /// <exception cref="RuleSetChangedException">A rule set is not the one this database was graded under.</exception>
    /// <exception cref="PublishedRuleSetException">A rule set published on this server cannot be used.</exception>
    public static void Open(WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.Services.GetRequiredService<DataFolder>();
        app.Services.GetRequiredService<Database>();
        app.Services.GetRequiredService<RuleSetStore>();
    }

    /// <summary>One line for what an operator can put right; null for a fault of the program.</summary>
    private static string? Refusal(Exception exception) => exception switch
    {
        OptionsValidationException options => $"settings: {string.Join(" ", options.Failures)}",
        AggregateException many when many.InnerExceptions.All(one => one is OptionsValidationException) =>
            "settings: " + string.Join(" ", many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures)),
        // What the configuration binder throws for a value of the wrong type, and for a setting that is not there.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } binding => $"settings: {OneLine(binding)}",
        DataFolderException or SchemaException or RuleSetChangedException or PublishedRuleSetException => OneLine(exception),
        DbException => $"the database cannot be opened: {OneLine(exception)}",
        IOException => OneLine(exception),
        _ => null,
    };

    private static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}

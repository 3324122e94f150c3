using LabServer.Jobs;
using Microsoft.Extensions.Options;

namespace LabServer.Backups;

/// <summary>What attributes cannot say of <see cref="BackupsOptions"/>.</summary>
internal sealed class BackupsOptionsChecks : IValidateOptions<BackupsOptions>
{
    public ValidateOptionsResult Validate(string? name, BackupsOptions options) =>
        options.Cron.Length == 0 || JobSchedule.IsCron(options.Cron)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Backups:Cron: '{options.Cron}' is not a Quartz cron expression.");
}

namespace LabServer.Hosting;

internal static class OptionsSetup
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to the section <c>LabServer:name</c> and checks its attributes at start; a setting
    /// in it that <typeparamref name="T"/> does not have is a fault.
    /// </summary>
    public static IServiceCollection AddStageOptions<T>(this IServiceCollection services, string name)
        where T : class
    {
        services.AddSingleton(new OptionsSection(name));
        services.AddOptions<T>()
            .BindConfiguration($"{OptionsSection.Root}:{name}", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }
}

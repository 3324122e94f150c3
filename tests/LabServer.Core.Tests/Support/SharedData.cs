namespace LabServer.Core.Tests.Support;

/// <summary>Files that lie beside the checkout, too large or not ours to keep in it.</summary>
internal static class SharedData
{
    /// <summary>The folder: <c>LABSERVER_SHARED</c>, or <c>../shared</c> beside the folder of the solution. Null: absent.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Full path of a shared file. Null: absent.</summary>
    public static string? PathOf(string file)
    {
        var path = Folder is null ? null : Path.Combine(Folder, file);
        return File.Exists(path) ? path : null;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("LABSERVER_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LabServer.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
    }
}

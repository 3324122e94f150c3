namespace LabServer.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>Folder of <c>LabServer.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>Full path of a file or folder of the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LabServer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds LabServer.sln.");
    }
}

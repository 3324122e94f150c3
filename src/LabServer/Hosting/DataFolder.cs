using System.Buffers.Text;
using System.Security.Cryptography;
using LabServer.Core.Storage;
using Microsoft.Extensions.Options;

namespace LabServer.Hosting;

/// <summary>
/// The folder of everything the server keeps. While this object lives no other server can open the folder: the lock is
/// the operating system's and goes with the process, however that ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    // Enough that nobody finds the key by trying; a shorter one in the file was put there by hand.
    private const int MinimumKeyLength = 32;

    // What a file that another process has locked gives: the only sign by which .NET tells it from a disk that fails.
    private const int LockHeld = 11;
    private const int LockHeldOnMac = 35;
    private const int LockHeldOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _lock;

    /// <summary>Makes the folder when it is not there, takes its lock, and makes the administrator's key at the first start.</summary>
    /// <exception cref="DataFolderException">Another server has the folder, or it cannot be written, or the key is no key.</exception>
    public DataFolder(IOptions<ServerOptions> options)
    {
        Root = Path.GetFullPath(options.Value.Data);
        _lock = TakeLock();
        try
        {
            AdminKey = ReadOrMakeKey();
            MakeDatabase(DatabaseFile);
            MakeDatabase(QuartzFile);
            // Left behind by a server that was killed: its addresses are nobody's now.
            File.Delete(EndpointsFile);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Full path of the folder.</summary>
    public string Root { get; }

    /// <summary>Free space in it, in bytes.</summary>
    public long FreeBytes => new DriveInfo(Root).AvailableFreeSpace;

    /// <summary>The results database.</summary>
    public string DatabaseFile => Path.Combine(Root, DataFileNames.Database);

    /// <summary>The schedule's own database.</summary>
    public string QuartzFile => Path.Combine(Root, "quartz.db");

    /// <summary>Where the audit trail ended when the file was written.</summary>
    public string AuditAnchorFile => Path.Combine(Root, "audit.anchor");

    /// <summary>Where the addresses in use are written.</summary>
    public string EndpointsFile => Path.Combine(Root, "endpoints.json");

    /// <summary>Where the administrator's key is.</summary>
    public string AdminKeyFile => Path.Combine(Root, "admin.key");

    /// <summary>The administrator's key.</summary>
    public string AdminKey { get; }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private FileStream TakeLock()
    {
        try
        {
            Directory.CreateDirectory(Root);
            return new FileStream(Path.Combine(Root, DataFileNames.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DataFolderException($"the data folder {Root} cannot be written: {exception.Message}", exception);
        }
        catch (IOException exception) when (exception.HResult is LockHeld or LockHeldOnMac or LockHeldOnWindows)
        {
            throw new DataFolderException($"another LabServer uses the data folder {Root}; stop it, or name another with --data", exception);
        }
        catch (IOException exception)
        {
            throw new DataFolderException($"the data folder {Root} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Makes the file of a database when it is not there, for nobody but the owner of the process.</summary>
    /// <exception cref="DataFolderException">It cannot be made or written.</exception>
    public void MakeDatabase(string file)
    {
        try
        {
            PrivateFiles.Create(file);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new DataFolderException($"the data folder {Root} cannot be used: {exception.Message}", exception);
        }
    }

    private string ReadOrMakeKey()
    {
        try
        {
            if (!File.Exists(AdminKeyFile))
            {
                var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
                AtomicFile.Write(AdminKeyFile, key + "\n", PrivateFiles.OwnersFile);
            }

            var text = File.ReadAllText(AdminKeyFile).Trim();
            return text.Length >= MinimumKeyLength && text.All(char.IsAscii)
                ? text
                : throw new DataFolderException($"{AdminKeyFile} holds no key; remove it to have a new one made");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new DataFolderException($"{AdminKeyFile} cannot be used: {exception.Message}", exception);
        }
    }
}

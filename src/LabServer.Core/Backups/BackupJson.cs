using System.Text.Json;
using System.Text.Json.Serialization;

namespace LabServer.Core.Backups;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;

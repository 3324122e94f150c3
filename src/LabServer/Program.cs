using LabServer.Health;
using LabServer.Reflection;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddGrpc();
builder.Services.AddHealth();
builder.Services.AddReflection();

var app = builder.Build();
app.MapHealth();
app.MapReflection();

await app.RunAsync();

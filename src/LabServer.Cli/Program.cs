using var f = LabServer.Cli.Files.CsvFile.Open(args[0]);
foreach (var r in f.Rows()) { Console.WriteLine($"{r.Line}: {string.Join('|', r.Fields)} {r.Fault} raw={r.Text}"); }
return 0;

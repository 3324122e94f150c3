#!/usr/bin/env bash
# Measures a Release build on this machine, each figure beside a baseline of the same run on the same rows. Without a name: all.
#   scripts/bench.sh [ingest|readers|latency|grading|evaluate|summary|scale] [--quick] [--json FILE]
#   scripts/bench.sh summary [--data FOLDER] [--only TEXT]
#   scripts/bench.sh grading [--only kernel|job]
#   scripts/bench.sh scale [--studies 1 5 20]
set -euo pipefail
case "${1:-}" in
  ingest | readers | latency | grading | evaluate | summary | scale | --* | '') ;;
  *) echo "usage: scripts/bench.sh [ingest|readers|latency|grading|evaluate|summary|scale] [--quick] [--json FILE]" >&2; exit 2 ;;
esac
project=$(cd "$(dirname "$0")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$project/tests/LabServer.Benchmarks" -c Release -v quiet -clp:NoSummary >&2
exec dotnet "$project/artifacts/bin/LabServer.Benchmarks/release/LabServer.Benchmarks.dll" "$@"

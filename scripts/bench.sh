#!/usr/bin/env bash
# Measures a Release build on this machine, each figure beside a baseline of the same run on the same rows.
#   scripts/bench.sh summary [--quick] [--json FILE] [--data FOLDER] [--only TEXT]
#   scripts/bench.sh ingest [--quick] [--json FILE]
set -euo pipefail
case "${1:-}" in
  summary | ingest) ;;
  *) echo "usage: scripts/bench.sh summary|ingest [--quick] [--json FILE] [--data FOLDER] [--only TEXT]" >&2; exit 2 ;;
esac
project=$(cd "$(dirname "$0")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$project/tests/LabServer.Benchmarks" -c Release -v quiet -clp:NoSummary >&2
exec dotnet "$project/artifacts/bin/LabServer.Benchmarks/release/LabServer.Benchmarks.dll" "$@"

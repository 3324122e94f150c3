#!/usr/bin/env bash
# Servers that share a database, die, hang and wake up late, simulated by seed: nothing is lost, doubled or forgotten.
#   scripts/sharing-histories.sh [N] [SEED]     N histories (default 10000) of a seed (default: one of today's date)
set -euo pipefail
cd "$(dirname "$0")/.."

export LABSERVER_SHARING="${1:-10000}"
export LABSERVER_SHARING_SEED="${2:-$(date -u +%Y%m%d)}"
dotnet build tests/LabServer.Core.Tests --configuration Release --verbosity quiet
dotnet test tests/LabServer.Core.Tests --configuration Release --no-build \
  --filter FullyQualifiedName~SharingSimulationTests --logger 'console;verbosity=detailed'

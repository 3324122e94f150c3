#!/usr/bin/env bash
# Random histories of a study against a model written without the product's grading.
#   scripts/grading-histories.sh [N] [SEED]     N histories (default 10000) of a seed (default: one of today's date)
set -euo pipefail
cd "$(dirname "$0")/.."

export LABSERVER_HISTORIES="${1:-10000}"
export LABSERVER_HISTORIES_SEED="${2:-$(date -u +%Y%m%d)}"
dotnet build tests/LabServer.Core.Tests --configuration Release --verbosity quiet
dotnet test tests/LabServer.Core.Tests --configuration Release --no-build \
  --filter FullyQualifiedName~HistoriesTests --logger 'console;verbosity=detailed'

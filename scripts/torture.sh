#!/usr/bin/env bash
# The battery that tries to break the server, whole: hours. A small size of each of its tests is in the suite.
#   scripts/torture.sh [--only TEXT] [--seed N] [--quick]
#     --only TEXT   tests whose full name has TEXT (KillTests, FuzzTests, ...)
#     --seed N      where random choices start; the default is always the same
#     --quick       the suite's sizes
# Prints a table of figures at the end; docs/reliability.md has the last one. Exit code 0 only when every test passed.
set -uo pipefail
cd "$(dirname "$0")/.."

filter='battery=torture' whole=1 seed=20261124
while (($#)); do
  case "$1" in
    --only) filter="$filter&FullyQualifiedName~${2:?--only needs a text}"; shift 2 ;;
    --seed) seed=${2:?--seed needs a number}; shift 2 ;;
    --quick) whole=0; shift ;;
    *) sed -n '2,7p' "$0" >&2; exit 2 ;;
  esac
done

figures=$(mktemp)
trap 'rm -f "$figures"' EXIT
export LABSERVER_TORTURE=$whole LABSERVER_TORTURE_SEED=$seed LABSERVER_TORTURE_FIGURES=$figures
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build LabServer.sln --configuration Release --verbosity quiet -clp:NoSummary || exit 1
status=0
for project in tests/*/*.Tests.csproj; do
  dotnet test "$project" --configuration Release --no-build --filter "$filter" --logger 'console;verbosity=normal' || status=1
done

printf '\nseed %s, %s, %s cores, %s, %s\n\n' "$seed" "$(date -u +%Y-%m-%d)" "$(nproc)" "$(uname -sm)" "$(dotnet --version)"
printf '| test | figures |\n|---|---|\n'
sort "$figures"
exit $status

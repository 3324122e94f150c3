#!/usr/bin/env bash
# Every check there is, from a fresh clone: locked restore, format, build with warnings as errors, all tests.
# The last line is always "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed and tests ran.
set -uo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
results=$PWD/artifacts/test-results
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

passed=0 failed=0 skipped=0
skips=()
rm -rf "$results"
mkdir -p "$results"

step() { printf '\n== %s\n' "$*"; }

finish() {
  if ((${#skips[@]})); then
    printf '\n== NOT RUN: %d skipped\n' "${#skips[@]}"
    printf '   %s\n' "${skips[@]}"
  fi
  if ((passed + failed == 0)); then
    echo "No test ran."
    failed=1
  fi
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0))
  exit
}

# A check that is no test, and counts as one that failed. Its output is the log: shown when it fails.
check() {
  local what=$1 log
  shift
  step "$what"
  log=$results/${what//[^a-z]/-}.log
  if "$@" >"$log" 2>&1; then
    echo "   ok"
    return 0
  fi
  cat "$log"
  echo "FAILED: $what ($*)"
  failed=$((failed + 1))
  return 1
}

check "restore with locked versions" dotnet restore LabServer.sln --locked-mode || finish
check "format" dotnet format LabServer.sln --verify-no-changes --no-restore || true
check "build with warnings as errors" dotnet build LabServer.sln -c "$configuration" --no-restore -warnaserror || finish

# One number of a TRX file's <Counters …/>.
counter() { sed -n "s/.*<Counters[^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

# Names and reasons of the tests a TRX file says were not run.
not_run() {
  tr '\n' ' ' <"$1" | sed 's/<UnitTestResult /\n&/g' | grep 'outcome="NotExecuted"' | while IFS= read -r test; do
    name=$(sed -n 's/.* testName="\([^"]*\)".*/\1/p' <<<"$test")
    reason=$(sed -n 's/.*<Message>\(.*\)<\/Message>.*/\1/p; t; s/.*<StdOut>\(.*\)<\/StdOut>.*/\1/p' <<<"$test")
    printf '%s: %s\n' "$name" "${reason:-no reason given}"
  done
}

for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  step "test $name"
  trx=$results/$name.trx
  log=$results/$name.log
  status=0
  dotnet test "$project" -c "$configuration" --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    >"$log" 2>&1 || status=$?
  if [[ ! -s $trx ]]; then
    cat "$log"
    echo "FAILED: $name wrote no results (exit code $status)"
    failed=$((failed + 1))
    continue
  fi
  ran=$(counter passed "$trx")
  bad=$(($(counter total "$trx") - ran))
  mapfile -t out < <(not_run "$trx")
  bad=$((bad - ${#out[@]}))
  # A test host that died half-way leaves a neat file that lacks the tests it did not come to.
  if ((bad == 0 && status != 0)); then bad=1; fi
  if ((bad)); then cat "$log"; fi
  echo "   $ran passed, $bad failed, ${#out[@]} skipped"
  passed=$((passed + ran)) failed=$((failed + bad)) skipped=$((skipped + ${#out[@]}))
  skips+=("${out[@]}")
done

finish

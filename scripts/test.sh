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
  ((failed == 0)) && exit 0
  exit 1
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

# Name and reason of each test that a TRX file says was not run, a line each. By the line: a file has tens of thousands.
not_run() {
  awk '
    function text(s) { gsub(/\r/, "", s); gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&amp;/, "\\&", s); return s }
    function tell() { if (name != "") print text(name ": " why); name = "" }
    /<UnitTestResult / {
      tell()
      if (!/ outcome="NotExecuted"/) next
      name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name)
      why = "no reason given"
    }
    isWithin { why = why " " $0 }
    name != "" && match($0, /<Message>/) { why = substr($0, RSTART + 9); isWithin = 1 }
    isWithin && why ~ /</ { sub(/<.*/, "", why); isWithin = 0 }
    /<\/UnitTestResult>/ { tell() }
    END { tell() }' "$1"
}

for project in tests/*/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  step "test $name"
  trx=$results/$name.trx
  log=$results/$name.log
  status=0
  # A test that never ends is named in the log and counts as failed, in place of keeping everybody waiting.
  dotnet test "$project" -c "$configuration" --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none >"$log" 2>&1 || status=$?
  if [[ ! -s $trx ]]; then
    cat "$log"
    echo "FAILED: $name wrote no results (exit code $status)"
    failed=$((failed + 1))
    continue
  fi
  left_out=0
  while IFS= read -r line; do
    skips+=("$name  $line")
    left_out=$((left_out + 1))
  done < <(not_run "$trx")
  ran=$(counter passed "$trx")
  bad=$(($(counter total "$trx") - ran - left_out))
  # A test host that died half-way leaves a neat file that lacks the tests it did not come to.
  if ((bad == 0 && status != 0)); then bad=1; fi
  if ((bad)); then cat "$log"; fi
  echo "   $ran passed, $bad failed, $left_out skipped"
  passed=$((passed + ran)) failed=$((failed + bad)) skipped=$((skipped + left_out))
done

finish

#!/usr/bin/env bash
# How fast a study is exported and what memory the server needs for it: of a tenth of the rows, and of all of them.
# The memory is the peak of the process while it exports, from Linux (/proc).
#   scripts/export-speed.sh [ROWS]     results of the larger study (default 1000000)
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
rows=${1:-1000000}
[[ $rows =~ ^[0-9]+$ && $rows -ge 10000 ]] || { echo "usage: scripts/export-speed.sh [ROWS]   at least 10000" >&2; exit 2; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/labserver-export.XXXXXX")
server=
stop_server() {
  [[ -n $server ]] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}
trap 'stop_server; rm -rf "$folder"' EXIT

for project in src/LabServer src/LabServer.Cli; do
  dotnet build "$project" -c Release -v quiet -clp:NoSummary >&2
done
labctl() { dotnet artifacts/bin/LabServer.Cli/release/labctl.dll "$@"; }

start_server() {
  rm -f "$folder/data/endpoints.json"
  LABSERVER__JOBS__INCREMENTALINTERVAL=00:00:00 dotnet artifacts/bin/LabServer/release/LabServer.dll \
    --data "$folder/data" --grpc-port 0 --http-port 0 >"$folder/server.log" 2>&1 </dev/null &
  server=$!
  for _ in {1..600}; do
    [[ -s $folder/data/endpoints.json ]] && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; exit 1; }
    sleep 0.1
  done
  LABCTL_SERVER=$(sed -n 's/.*"grpc" *: *"\([^"]*\)".*/\1/p' "$folder/data/endpoints.json")
  export LABCTL_SERVER LABCTL_API_KEY_FILE=$folder/data/admin.key
}

# 1,000 results of each subject: ten tests at a hundred visits.
load() {
  local study=$1 subjects=$(($2 / 1000))
  awk -v n="$subjects" 'BEGIN { print "subject_id,arm,sex,birth_date,first_dose_at"
    for (s = 1; s <= n; s++) printf "%05d,%s,%s,1960,2020-01-05\n", s, s % 2 ? "A" : "B", s % 3 ? "F" : "M" }' >"$folder/subjects.csv"
  awk -v n="$subjects" 'BEGIN { split("ALT AST LDH CK ALP GGT K SODIUM CREAT URATE", test, " "); split("U/L U/L U/L U/L U/L U/L mmol/L mmol/L umol/L umol/L", unit, " ")
    split("5 5 120 20 30 5 3.5 135 45 150", low, " "); split("40 40 250 200 120 60 5.0 145 110 420", high, " ")
    print "source_result_id,subject_id,test_code,reported_value,reported_unit,reference_low,reference_high,collected_at,visit"
    for (s = 1; s <= n; s++) for (v = 0; v < 100; v++) for (t = 1; t <= 10; t++)
      printf "%d-%d-%d,%05d,%s,%.1f,%s,%s,%s,2020-%02d-%02dT08:00,VISIT %d\n", s, v, t, s, test[t], \
        low[t] + (high[t] - low[t]) * ((s * 7 + v * 13 + t * 5) % 150) / 100, unit[t], low[t], high[t], 1 + int(v / 9), 1 + 3 * (v % 9), v }' >"$folder/results.csv"
  labctl studies create "$study" --arms A,B >/dev/null
  labctl subjects import "$folder/subjects.csv" --study "$study" >/dev/null
  labctl results push "$folder/results.csv" --study "$study" --laboratory LAB --streams 4 >/dev/null
  labctl grading run --study "$study" >/dev/null
  rm "$folder/results.csv"
}

echo "Loading $((rows / 10)) and $rows results" >&2
start_server
load SMALL $((rows / 10))
load LARGE "$rows"

printf '%-6s %-5s %-8s %10s %8s %10s %8s %12s\n' study file format rows seconds rows/s MB/s 'peak MB'
for study in SMALL LARGE; do
  for dataset in lb adlb; do
    for format in csv dataset-ndjson; do
      # A process of its own for each: nothing of what went before is in its memory.
      stop_server
      start_server
      began=$(date +%s.%N)
      labctl export "$dataset" --study "$study" --rule-set ctcae-5.0 --format "$format" --out "$folder/out" 2>"$folder/said"
      ended=$(date +%s.%N)
      peak=$(awk '/VmHWM/ { print $2 / 1024 }' "/proc/$server/status" 2>/dev/null || echo 0)
      awk -v study="$study" -v dataset="$dataset" -v format="${format#dataset-}" -v began="$began" -v ended="$ended" -v peak="$peak" \
        -v bytes="$(wc -c <"$folder/out")" '{ rows = $1; gsub(/,/, "", rows); seconds = ended - began
          printf "%-6s %-5s %-8s %10d %8.1f %10.0f %8.1f %12.0f\n", study, dataset, format, rows, seconds, rows / seconds, bytes / seconds / 1e6, peak }' "$folder/said"
    done
  done
done

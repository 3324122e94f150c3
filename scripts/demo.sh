#!/usr/bin/env bash
# LabServer's main job from end to end, on a fresh machine with only the .NET SDK: builds, starts a server of its own,
# loads a sample trial over gRPC, grades it, and prints the adverse-event table by arm, whole, and beside the published one.
#   scripts/demo.sh          stops its server and removes its folder at the end, also after a failure or Ctrl-C
#   scripts/demo.sh --keep   leaves both and says where they are
set -euo pipefail

keep=no
case "$*" in
  '') ;;
  --keep) keep=yes ;;
  *) echo "usage: scripts/demo.sh [--keep]" >&2; exit 2 ;;
esac

cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
study=NCT04288102
folder=
server=

say() { printf '\n== %s\n' "$*"; }
fail() { printf '\nThe demo failed: %s\n' "$*" >&2; exit 1; }
running() { [[ -n $server ]] && kill -0 "$server" 2>/dev/null; }

stop_server() {
  running || return 0
  kill "$server"
  # Bounded: a server that does not end by itself within 20 seconds is ended.
  for _ in {1..200}; do
    running || break
    sleep 0.1
  done
  if running; then kill -9 "$server"; fi
  wait "$server" 2>/dev/null || true
}

clean_up() {
  local status=$?
  trap - EXIT
  trap '' INT TERM
  [[ -n $folder ]] || exit "$status"
  if ((status == 0)) && [[ $keep == yes ]]; then exit 0; fi
  # From 128 on somebody stopped it: the log says nothing about that.
  if ((status != 0 && status < 128)) && [[ -s $folder/server.log ]]; then
    printf '\nLast lines of the server log:\n' >&2
    tail -n 20 "$folder/server.log" >&2
  fi
  stop_server
  rm -rf "$folder"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

command -v dotnet >/dev/null || fail "there is no 'dotnet' here. Install the .NET 10 SDK: https://dotnet.microsoft.com/download"

say "Building (the first time takes a minute or two)"
for project in src/LabServer src/LabServer.Cli; do
  dotnet build "$project" -c Release -v quiet -clp:NoSummary || fail "$project does not build: see above."
done
labctl() { dotnet artifacts/bin/LabServer.Cli/release/labctl.dll "$@"; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/labserver-demo.XXXXXX")
say "Starting a server on a database of its own in $folder"
data=$folder/data
nohup dotnet artifacts/bin/LabServer/release/LabServer.dll --data "$data" --grpc-port 0 --http-port 0 \
  >"$folder/server.log" 2>&1 </dev/null &
server=$!
for _ in {1..600}; do
  [[ -s $data/endpoints.json ]] && break
  running || fail "the server ended at once."
  sleep 0.1
done
address=$(sed -n 's/.*"grpc" *: *"\([^"]*\)".*/\1/p' "$data/endpoints.json" 2>/dev/null) || true
[[ -n $address ]] || fail "the server did not say within a minute where it listens."
export LABCTL_SERVER=$address
if [[ -f $data/admin.key ]]; then export LABCTL_API_KEY_FILE=$data/admin.key; fi
echo "It listens on $address"

say "Making the sample trial: raw results as a laboratory would send them, no grade among them, and reports of clinical events"
labctl sample-trial write --out "$folder/trial"

say "Registering the study and its subjects"
labctl studies create "$study" --rule-sets ctcae-5.0,nct04288102 --arms MSC,Placebo
labctl subjects import "$folder/trial/subjects.csv" --study "$study"

say "Sending the results over gRPC"
labctl results push "$folder/trial/results.csv" --study "$study" --laboratory sample-lab

say "Taking in the clinical events that investigators reported by hand: no result shows them"
labctl adverse-events import "$folder/trial/adverse-events.csv" --study "$study"

say "Grading what waits (the server takes up new results by itself every few seconds, so it may be little)"
labctl grading run --study "$study"

say "Grading everything anew, as it does nightly: no difference may show"
labctl grading run --study "$study" --full

say "Adverse events by arm: CTCAE 5.0 and the protocol's own terms together, and what was reported"
# The trial counted raised urate by a term of its own; CTCAE 5.0 has one for the same results.
labctl summary adverse-events --study "$study" --rule-set ctcae-5.0,nct04288102 --without-term Hyperuricemia \
  --arms MSC,Placebo --statistics

say "The same, of events that began after day 28: none of grade 3 or 4"
labctl summary adverse-events --study "$study" --rule-set ctcae-5.0,nct04288102 --without-term Hyperuricemia --from-day 29

say "Beside the published table, row by row"
labctl sample-trial compare --study "$study"

if [[ $keep == no ]]; then
  say "What to try next"
  cat <<NEXT
scripts/demo.sh --keep     the same, and the server stays up to be asked
scripts/test.sh            every test
README.md                  how a laboratory, a safety officer and a statistician use it
NEXT
  exit 0
fi

say "The server stays up on $address (process $server, folder $folder)"
cat <<NEXT
Try next, in this folder:
  export LABCTL_SERVER=$address${LABCTL_API_KEY_FILE:+ LABCTL_API_KEY_FILE=\"$LABCTL_API_KEY_FILE\"}
  labctl() { dotnet "$PWD/artifacts/bin/LabServer.Cli/release/labctl.dll" "\$@"; }
  labctl adverse-events list --study $study
  labctl results list --study $study --test LDH
  labctl export adlb --study $study --rule-set ctcae-5.0 --out adlb.csv
Stop it, and clear up once it has ended:
  kill $server; while kill -0 $server 2>/dev/null; do sleep 0.2; done; rm -r "$folder"
NEXT

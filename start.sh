#!/usr/bin/env bash
# ./start.sh [flags of run]: starts the runner in the background and restarts it when it dies.
# Everything is relative to this folder, wherever it is called from, so that every start finds the
# same journal.
#   quantify.pid          the runner's process
#   logs/supervisor.pid   the loop below, which starts it again
#   logs/service.out      the output of both
#   logs/service.exit     how the last runner ended
#   logs/service.lock     held by both, so that there is never a second pair
set -euo pipefail

readonly restart_delay_s=5
readonly settle_s=3
root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
readonly root
cd "$root"

# Whether process $1 runs and its command line holds $2: its id may belong to another process by now.
is_ours() {
  [[ $1 =~ ^[0-9]+$ && -r /proc/$1/cmdline ]] && [[ $(tr '\0' ' ' <"/proc/$1/cmdline") == *"$2"* ]]
}

note() {
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) supervisor: $*"
}

# A signal that is not sent to request an end (a crash, the out-of-memory killer), or exit 70.
# After any other exit a restart would not help.
is_death() {
  (($1 == 70 || $1 > 128)) && (($1 != 129 && $1 != 130 && $1 != 143))
}

supervise() {
  local runner='' code last stopping=''
  trap 'stopping=yes; [[ -z $runner ]] || kill -TERM "$runner" 2>/dev/null || true' TERM INT
  trap '' HUP
  echo "$BASHPID" >logs/supervisor.pid
  while :; do
    "$root/twinleg" run "$@" &
    runner=$!
    echo "$runner" >quantify.pid
    [[ -z $stopping ]] || kill -TERM "$runner" 2>/dev/null || true
    # A signal to this loop ends a wait early; the runner's own exit code is what counts.
    code=0
    while :; do
      wait "$runner" && last=0 || last=$?
      ((last == 127)) || code=$last
      kill -0 "$runner" 2>/dev/null || break
    done
    wait "$runner" && last=0 || last=$?
    ((last == 127)) || code=$last
    echo "$code" >logs/service.exit
    if [[ -n $stopping ]] || ! is_death "$code"; then
      break
    fi
    note "the runner (process $runner) ended with exit $code; starting it again in $restart_delay_s s"
    runner=''
    sleep "$restart_delay_s" 8>&- &
    wait $! || true
    [[ -z $stopping ]] || break
  done
  note "the runner ended with exit $code"
  rm -f quantify.pid logs/supervisor.pid
}

already_running() {
  local pid
  pid=$(cat quantify.pid 2>/dev/null || cat logs/supervisor.pid 2>/dev/null || true)
  echo "Already running${pid:+ (process $pid)}; ./stop.sh ends it." >&2
  exit 8
}

if [[ ${1:-} == __supervise ]]; then
  supervise "${@:2}"
  exit 0
fi

mkdir -p logs
exec 8>>logs/service.lock
flock -n 8 || already_running
if is_ours "$(cat quantify.pid 2>/dev/null || true)" "$root/"; then
  already_running
fi

TWINLEG_BUILD_ONLY=1 "$root/twinleg" 8>&-
rm -f quantify.pid logs/supervisor.pid logs/service.exit logs/stopping
touch logs/service.out
said_before=$(wc -c <logs/service.out)
setsid bash "$root/start.sh" __supervise "$@" </dev/null >>logs/service.out 2>&1 &

for ((tenth = 0; tenth < settle_s * 10; tenth++)); do
  sleep 0.1
  if [[ -s logs/service.exit ]]; then
    code=$(<logs/service.exit)
    echo "The runner ended at once with exit $code; the last lines of logs/service.out:" >&2
    tail -c "+$((said_before + 1))" logs/service.out | tail -n 10 >&2
    if is_death "$code"; then
      echo "It is tried again every $restart_delay_s s until ./stop.sh." >&2
    fi
    exit "$code"
  fi
done
echo "Started: process $(<quantify.pid), log in logs/service.out; ./stop.sh ends it."

#!/usr/bin/env bash
# ./stop.sh: requests that the runner of ./start.sh ends, and waits until it has. It may be in the
# middle of an unwind, so it gets one signal (a second one would end it fast) and is never killed.
# Exits as the runner did, or 6 where it is still alive when the time is over.
set -euo pipefail

readonly say_every_s=5
root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
readonly root
cd "$root"

# When process $1 was started: field 22 of its stat, counted behind the name, which may hold blanks.
started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  stat=${stat##*) }
  # shellcheck disable=SC2086
  set -- $stat
  echo "${20}"
}

# Whether process $1 is the one that was started: an id may belong to another process by now. It
# runs, its command line holds $2, it was started when file $3 says, and it holds our lock.
is_ours() {
  [[ $1 =~ ^[0-9]+$ && -r /proc/$1/cmdline ]] &&
    [[ $(tr '\0' ' ' <"/proc/$1/cmdline") == *"$2"* ]] &&
    [[ ! -e $3 || $(started_at "$1") == "$(cat "$3" 2>/dev/null)" ]] &&
    [[ $(readlink "/proc/$1/fd/8") -ef logs/service.lock ]]
}

is_runner() {
  is_ours "$1" "$root/" logs/runner.started
}

is_supervisor() {
  is_ours "$1" "$root/start.sh" logs/supervisor.started
}

# shutdown.timeout_s as the runner $1 has it: from its --set, its --config, or the default.
shutdown_timeout_s() {
  local config=config.json found='' argument previous=''
  while IFS= read -r -d '' argument; do
    case $previous in
      --config) config=$argument ;;
      --set) [[ $argument != shutdown.timeout_s=* ]] || found=${argument#*=} ;;
    esac
    case $argument in
      --config=*) config=${argument#*=} ;;
      --set=shutdown.timeout_s=*) found=${argument##*=} ;;
    esac
    previous=$argument
  done <"/proc/$1/cmdline"
  if [[ -z $found && -r $config ]]; then
    found=$(tr -d ' \t\r\n' <"$config" | sed -n 's/.*"shutdown":{[^}]*"timeout_s":\([0-9]*\).*/\1/p')
  fi
  [[ $found =~ ^[0-9]+$ ]] && echo "$found" || echo 20
}

runner=$(cat quantify.pid 2>/dev/null || true)
supervisor=$(cat logs/supervisor.pid 2>/dev/null || true)
is_runner "$runner" || runner=''
is_supervisor "$supervisor" || supervisor=''

if [[ -z $runner$supervisor ]]; then
  rm -f quantify.pid logs/supervisor.pid logs/*.started logs/stopping
  echo "Not running."
  exit 0
fi

# Between two runners there is only the loop, which ends at once.
wait_s=10
[[ -z $runner ]] || wait_s=$((3 * $(shutdown_timeout_s "$runner") + 10))

# The loop passes the signal on; where it is gone the runner gets it directly.
if [[ $(cat logs/stopping 2>/dev/null || true) != "$supervisor $runner" ]]; then
  rm -f logs/service.exit
  echo "$supervisor $runner" >logs/stopping
  kill -TERM "${supervisor:-$runner}"
fi

for ((tenth = 0; ; tenth++)); do
  if ! is_runner "$runner" && ! is_supervisor "$supervisor"; then
    break
  fi
  if ((tenth >= wait_s * 10)); then
    echo "The runner (process ${runner:-$supervisor}) is still alive after $wait_s s and was not killed, as it may hold an un-hedged leg: see logs/service.out, and call ./stop.sh again to go on waiting." >&2
    exit 6
  fi
  if ((tenth > 0 && tenth % (say_every_s * 10) == 0)); then
    echo "Waiting for the runner (process ${runner:-$supervisor}) to cancel its orders and finish any repair or unwind: $((tenth / 10)) s of at most $wait_s s."
  fi
  sleep 0.1
done

code=$(cat logs/service.exit 2>/dev/null || echo 0)
rm -f quantify.pid logs/supervisor.pid logs/*.started logs/stopping
case $code in
  0) echo "Stopped." ;;
  129 | 130 | 143) echo "Stopped (the runner ended by signal $((code - 128)))." && code=0 ;;
  6) echo "Stopped, but un-hedged exposure or open orders are left: see logs/service.out." >&2 ;;
  *) echo "Stopped; the runner's exit was $code ($(bash "$root/start.sh" __meaning "$code")): see logs/service.out." >&2 ;;
esac
exit "$code"

#!/usr/bin/env bash
# ./start.sh [flags of run]: starts the runner in the background, and starts it again when it dies
# or ends with a code that another start can heal. Everything is relative to this folder, wherever
# it is called from, so that every start finds the same journal.
#   quantify.pid            the runner's process
#   logs/supervisor.pid     the loop below, which starts it again
#   logs/*.started          when each of the two was started, as the kernel counts it
#   logs/service.out        the output of both; when it is full service.out.1, then .2 to .5
#   logs/service.exit       how the last runner ended
#   logs/service.lock       held by both, so that there is never a second pair
set -euo pipefail

# The first pause before a restart; each is twice the one before, and the first again after a run
# that lasted.
readonly pause_min_s=1 pause_max_s=60 lasted_s=300
# After so many runners in a row that did not last an alert is sent: it does not come back.
readonly alert_after=4
# A start is reported when the runner has said something, and not before the first of these.
readonly settle_min_s=3 settle_max_s=15
# The output is looked at so often, and moved on when it is larger: no more than six of them are kept.
readonly out_check_s=${TWINLEG_OUT_CHECK_S:-10} out_max_bytes=${TWINLEG_OUT_MAX_BYTES:-10000000} out_backups=5
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

# Keeps the output small as long as process $1 runs. Both write at the end of the file, so it can be
# emptied under them; lines of the moment between copy and emptying are lost, and are in log_file.
rotate_out() {
  local number ended=''
  trap 'ended=yes' TERM
  while [[ -z $ended ]] && kill -0 "$1" 2>/dev/null; do
    if (($(stat -c %s logs/service.out 2>/dev/null || echo 0) > out_max_bytes)); then
      for ((number = out_backups; number > 1; number--)); do
        mv -f "logs/service.out.$((number - 1))" "logs/service.out.$number" 2>/dev/null || true
      done
      cp -f logs/service.out logs/service.out.1 && : >logs/service.out || true
    fi
    [[ -z $ended ]] || break
    sleep "$out_check_s" &
    wait $! || true
    kill $! 2>/dev/null || true
  done
}

note() {
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) supervisor: $*"
}

# What exit code $1 means (docs/specification.md 1.4).
meaning() {
  case $1 in
    0) echo "clean" ;;
    1) echo "Java could not be started" ;;
    2) echo "usage or configuration" ;;
    3) echo "a precondition that a person has to mend" ;;
    4) echo "books differ or a market is in quarantine" ;;
    5) echo "halted" ;;
    6) echo "un-hedged exposure or open orders are left" ;;
    7) echo "the journal cannot be read or written" ;;
    8) echo "another process holds the journal or the account" ;;
    9) echo "the venue cannot be asked" ;;
    70) echo "a fault of the program" ;;
    74) echo "what it printed did not arrive" ;;
    137) echo "killed, by the system where memory is short" ;;
    *) (($1 > 128)) && echo "ended by signal $(($1 - 128))" || echo "not a code of the program" ;;
  esac
}

# Whether another start can heal exit code $1: what only a person can mend is left alone, and so is
# a signal that asks for an end (HUP, INT, TERM). A full disk heals; nothing is sent until then.
is_healed_by_restart() {
  case $1 in
    1 | 6 | 7 | 9 | 70) return 0 ;;
    129 | 130 | 143) return 1 ;;
    *) (($1 > 128)) ;;
  esac
}

# Sends the alert $2 of level $1 on the channels of the runner's configuration, whose flags follow;
# tried for two minutes, without the lock. Where no channel is configured nothing is started.
send_alert() {
  local level=$1 text=$2 config=config.json sets='' flags=()
  shift 2
  while (($#)); do
    case $1 in
      --config | --set)
        (($# > 1)) || break
        flags+=("$1" "$2")
        if [[ $1 == --config ]]; then config=$2; else sets+=" $2"; fi
        shift
        ;;
      --config=* | --set=*)
        flags+=("$1")
        if [[ $1 == --config=* ]]; then config=${1#*=}; else sets+=" ${1#*=}"; fi
        ;;
    esac
    shift
  done
  [[ -e $config ]] || return 0
  grep -Eqs '"(telegram_token|discord_url|slack_url|ntfy_url|webhook_url)"[[:space:]]*:[[:space:]]*"' "$config" ||
    [[ $sets =~ alerts\.(telegram_token|discord_url|slack_url|ntfy_url|webhook_url)= ]] || return 0
  timeout 180 "$root/twinleg" alerts send --level "$level" "${flags[@]}" "$text" ||
    note "the alert was not sent: $text"
}

# Whether exit code $1 is that of an end that was asked for.
is_asked_for() {
  case $1 in
    0 | 129 | 130 | 143) return 0 ;;
    *) return 1 ;;
  esac
}

supervise() {
  local runner='' code last stopping='' began pause=$pause_min_s self=$BASHPID rotator failed=0
  trap 'stopping=yes; [[ -z $runner ]] || kill -TERM "$runner" 2>/dev/null || true' TERM INT
  trap '' HUP
  umask 077
  rotate_out "$self" 8>&- &
  rotator=$!
  started_at "$BASHPID" >logs/supervisor.started
  echo "$BASHPID" >logs/supervisor.pid
  while :; do
    began=$SECONDS
    "$root/twinleg" run "$@" &
    runner=$!
    started_at "$runner" >logs/runner.started
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
    if [[ -n $stopping ]] || ! is_healed_by_restart "$code"; then
      break
    fi
    failed=$((failed + 1))
    if ((SECONDS - began >= lasted_s)); then
      pause=$pause_min_s
      failed=1
    fi
    if ((failed == alert_after)); then
      send_alert critical "the runner does not come back: it ended $failed times in a row, at last with exit $code ($(meaning "$code")); it is started again without end" "$@" 8>&- &
    fi
    note "the runner (process $runner) ended with exit $code ($(meaning "$code")); starting it again in $pause s"
    runner=''
    sleep "$pause" 8>&- &
    wait $! || true
    pause=$((pause * 2 < pause_max_s ? pause * 2 : pause_max_s))
    [[ -z $stopping ]] || break
  done
  note "the runner ended with exit $code ($(meaning "$code")); it is not started again"
  if [[ -z $stopping ]] && ! is_asked_for "$code"; then
    send_alert critical "the runner ended with exit $code ($(meaning "$code")) and is not started again" "$@" 8>&- &
  fi
  rm -f quantify.pid logs/supervisor.pid logs/*.started
  kill "$rotator" 2>/dev/null || true
  wait "$rotator" || true
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

if [[ ${1:-} == __again ]]; then
  is_healed_by_restart "$2" && exit 0 || exit 1
fi

if [[ ${1:-} == __meaning ]]; then
  meaning "$2"
  exit 0
fi

mkdir -p -m 700 logs
exec 8>>logs/service.lock
flock -n 8 || already_running
TWINLEG_BUILD_ONLY=1 "$root/twinleg" 8>&-
rm -f quantify.pid logs/supervisor.pid logs/*.started logs/service.exit logs/stopping
(umask 077 && touch logs/service.out)
chmod go= logs/service.out
said_before=$(wc -c <logs/service.out)
spoke=0
setsid bash "$root/start.sh" __supervise "$@" </dev/null >>logs/service.out 2>&1 &

for ((tenth = 0; tenth < settle_max_s * 10; tenth++)); do
  sleep 0.1
  if [[ -s logs/service.exit ]]; then
    code=$(<logs/service.exit)
    echo "The runner ended at once with exit $code ($(meaning "$code")); the last lines of logs/service.out:" >&2
    tail -c "+$((said_before + 1))" logs/service.out | tail -n 10 >&2
    if is_healed_by_restart "$code"; then
      echo "It is tried again after $pause_min_s to $pause_max_s s until ./stop.sh." >&2
    fi
    exit "$code"
  fi
  # What it has said may be why it is about to end.
  if ((tenth >= settle_min_s * 10 && $(wc -c <logs/service.out) > said_before && spoke++ >= 10)); then
    break
  fi
done
echo "Started: process $(<quantify.pid), log in logs/service.out; ./stop.sh ends it."

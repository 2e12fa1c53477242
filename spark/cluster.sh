#!/usr/bin/env bash
# A Spark cluster on this machine alone, a master and two workers of one core each on loopback:
#   start          begins it
#   submit FLAGS   gives it a sweep, with the flags of ./twinleg sweep; paths must be absolute
#   stop           ends it
# Build first: mvn -B install, then mvn -B -f spark/pom.xml verify. SPARK_PORT is the master's (7077).
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
readonly here target=$here/target
readonly run=$target/cluster master=spark://127.0.0.1:${SPARK_PORT:-7077}
export SPARK_HOME=$target/home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1

die() {
  echo "$1" >&2
  exit 2
}

[[ -e $target/twinleg-spark.jar ]] ||
  die "spark/target/twinleg-spark.jar is not built: mvn -B install, then mvn -B -f spark/pom.xml verify"

# Spark runs on 17 and newer, the program on 21 and newer: the first such JDK.
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  if [[ -x $home/bin/java ]] && grep -qE '^JAVA_VERSION="(2[1-9]|[3-9][0-9])' "$home/release" 2>/dev/null; then
    export JAVA_HOME=$home
    break
  fi
done
[[ -n ${JAVA_HOME:-} ]] || die "no JDK of version 21 or newer is in JAVA_HOME or /usr/lib/jvm"

# What Spark looks into; its own launcher gives the same.
opens=(--enable-native-access=ALL-UNNAMED)
for each in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs \
  sun.util.calendar; do
  opens+=("--add-opens=java.base/$each=ALL-UNNAMED")
done

# Starts class $2 as process $1 of the cluster.
daemon() {
  local name=$1 class=$2
  shift 2
  nohup "$JAVA_HOME/bin/java" -Xmx256m "${opens[@]}" -cp "$SPARK_HOME/jars/*" "$class" "$@" \
    >"$run/$name.log" 2>&1 </dev/null &
  echo $! >"$run/$name.pid"
}

# Waits until the log of $1 has the words $2.
await() {
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    grep -q "$2" "$run/$1.log" 2>/dev/null && return
    kill -0 "$(<"$run/$1.pid")" 2>/dev/null || die "$1 ended: see $run/$1.log"
    sleep 0.2
  done
  die "$1 is not ready after two minutes: see $run/$1.log"
}

start() {
  [[ ! -e $run/master.pid ]] || die "a cluster is there already: spark/cluster.sh stop"
  mkdir -p "$run"
  daemon master org.apache.spark.deploy.master.Master \
    --host 127.0.0.1 --port "${SPARK_PORT:-7077}" --webui-port 0
  await master 'New state: ALIVE'
  for name in worker-1 worker-2; do
    daemon "$name" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 \
      --cores 1 --memory 1g --work-dir "$run/$name" "$master"
  done
  await worker-1 'Successfully registered'
  await worker-2 'Successfully registered'
  echo "two workers at $master"
}

submit() {
  local jars
  jars=$(printf '%s,' "$target"/app/*.jar)
  exec "$JAVA_HOME/bin/java" "${opens[@]}" -cp "$SPARK_HOME/jars/*" \
    org.apache.spark.deploy.SparkSubmit --master "$master" \
    --class io.twinleg.spark.SparkSweep --jars "${jars%,}" \
    --executor-memory 512m --executor-cores 1 --conf spark.cores.max=2 \
    --conf spark.ui.enabled=false --conf spark.log.level=ERROR \
    --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 \
    "$target/twinleg-spark.jar" "$@"
}

stop() {
  local file
  for file in "$run"/*.pid; do
    [[ -e $file ]] || continue
    kill "$(<"$file")" 2>/dev/null || true
    rm -f "$file"
  done
}

case ${1:-} in
  start | stop) "$1" ;;
  submit) shift && submit "$@" ;;
  *) die "expected start, submit FLAGS or stop" ;;
esac

#!/bin/sh
# DM Connect on this machine: builds what is missing, then runs the command. `./dm --help` lists them.
set -eu
home=$(cd "$(dirname "$0")" && pwd)
modules=local-stack,connect-avro-converter,connect-source-mysql-dm,connect-sink-tidb,shard-ddl-coordinator
class_path="$home/local-stack/target/classes:$home/local-stack/target/lib/*"
coordinator="$home/shard-ddl-coordinator/target/classes:$home/shard-ddl-coordinator/target/lib/*"

# A command that lives in another module adds its module and class path here.
case "${1:-}" in
  fetch) modules=local-stack ;;
  bench | microbench)
    modules=$modules,benchmarks
    class_path="$home/benchmarks/target/classes:$home/local-stack/target/classes:$home/benchmarks/target/lib/*"
    ;;
  coordinator | shard-ddl-lock | query-status | binlog-schema | check-task)
    class_path="$home/local-stack/target/classes:$coordinator"
    ;;
  "" | -* | help) class_path="$class_path:$coordinator" ;;
esac

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME/bin/java"; else command -v java || true; fi
}

java_version() {
  "$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

java=$(find_java)
if [ -z "$java" ] || [ "$(java_version "$java")" -lt 17 ] || [ ! -x "$(dirname "$(readlink -f "$java")")/javac" ]; then
  sh "$home/config/prepare-machine.sh"
  java=$(find_java)
fi

if [ ! -d "$home/local-stack/target" ]; then
  # The first time here. What it cannot install, it names, and so does the command that needs it.
  sh "$home/config/prepare-machine.sh" || true
fi
stamp=$home/local-stack/target/built-$(echo "$modules" | cksum | cut -d' ' -f1)
is_stale() {
  [ ! -e "$stamp" ] || [ -n "$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src -newer "$stamp" -print -quit)" ]
}

build() {
  log=$home/local-stack/target/build.log
  mkdir -p "$home/local-stack/target"
  touch "$stamp.new"
  (cd "$home" && exec ./mvnw -B -ntp -Dstyle.color=never -pl "$modules" -am -Dmaven.test.skip=true package) >"$log" 2>&1 &
  build=$!
  trap 'kill "$build" 2>/dev/null; exit 130' INT TERM
  seconds=0
  while kill -0 "$build" 2>/dev/null; do
    if [ -t 2 ]; then printf '\rBuilding DM Connect ... %d s ' "$seconds" >&2; fi
    seconds=$((seconds + 1))
    sleep 1
  done
  if ! wait "$build"; then
    printf '\nThe build has failed:\n' >&2
    grep -E "^\[(WARNING|ERROR)\]" "$log" | tail -n 40 >&2
    exit 1
  fi
  trap - INT TERM
  if [ -t 2 ]; then printf '\n' >&2; fi
  mv "$stamp.new" "$stamp"
}

if is_stale; then build; fi
# No image is pulled; local-stack removes its containers itself.
export TESTCONTAINERS_RYUK_DISABLED=true
terminal=false
if [ -t 1 ]; then terminal=true; fi
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Ddm.home="$home" -Ddm.terminal="$terminal" \
  -cp "$class_path" io.dmconnect.local.cli.Main "$@"

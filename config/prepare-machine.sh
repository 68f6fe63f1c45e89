#!/bin/sh
# Installs what building and running DM Connect needs and this machine lacks: a JDK 17 or newer, Maven,
# the libraries of the MySQL binaries, and Go for a TiDB that is built here. As root with apt; elsewhere it
# names what is missing.
set -eu

packages=
need() {
  echo "missing: $2" >&2
  packages="$packages $1"
}

version=$("${JAVA_HOME:+$JAVA_HOME/bin/}javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p') || version=
[ "${version:-0}" -ge 17 ] || need openjdk-17-jdk-headless "a JDK, 17 or newer"
command -v mvn >/dev/null 2>&1 || [ -n "${MAVEN_HOME:-}" ] || need maven "Maven"
libraries=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true)
case "$libraries" in *libaio.so.1*) ;; *) need libaio1 "libaio" ;; esac
case "$libraries" in *libnuma.so.1*) ;; *) need libnuma1 "libnuma" ;; esac

# Any Go from 1.16 on can get the version that TiDB needs. Without Go, a TiDB can still be given otherwise.
can_build_tidb() {
  for go in go /usr/local/go/bin/go /usr/lib/go/bin/go /usr/lib/go-1.2?/bin/go; do
    minor=$("$go" version 2>/dev/null | sed -n 's/.* go1\.\([0-9]*\).*/\1/p') || minor=
    [ "${minor:-0}" -lt 16 ] || return 0
  done
  return 1
}
has_tidb() {
  [ -n "${TIDB_URL:-}" ] || ls -d "${DM_CACHE:-$HOME/.cache/dm-connect}"/tidb-server-*/ >/dev/null 2>&1
}
go_packages=
has_tidb || can_build_tidb || go_packages="golang-1.24-go golang-1.23-go golang-go"

[ -n "$packages$go_packages" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  [ -z "$go_packages" ] || echo "missing: Go, 1.16 or newer, to build TiDB (or TIDB_URL, or Docker)" >&2
  [ -n "$packages" ] || exit 0
  echo "Install it, on Debian or Ubuntu with: sudo apt-get install$packages" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
for package in $packages; do
  apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
    apt-get install -y -qq --no-install-recommends "${package}t64" >/dev/null
done
# The first that this distribution has; none is no error.
for package in $go_packages; do
  can_build_tidb || apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || true
done

#!/bin/sh
# Installs what building and running DM Connect needs and this machine lacks: a JDK 17 or newer, Maven,
# and the libraries of the MySQL binaries. As root with apt; elsewhere it names what is missing.
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

[ -n "$packages" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "Install it, on Debian or Ubuntu with: sudo apt-get install$packages" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
for package in $packages; do
  apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
    apt-get install -y -qq --no-install-recommends "${package}t64" >/dev/null
done

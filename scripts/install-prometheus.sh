#!/usr/bin/env bash
# A real Prometheus for the tests, in both lines that are in use: bash scripts/install-prometheus.sh
#
# 2.x is Debian's package, installed unless `prometheus` and `promtool` are there already.
# 3.x is the package of Debian's unstable branch, unpacked into .prometheus/3 without being installed: it needs nothing
# but the C library. Where there is none, one line says why, and the tests with it are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly V3=.prometheus/3

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_2() {
  if command -v prometheus && command -v promtool; then return; fi
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends prometheus
  # Its programs are wanted, not Debian's service.
  if [ -d /run/systemd/system ]; then as_root systemctl disable --now prometheus; fi
}

# The mirror that this machine takes Debian's packages from.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
    'Label: Debian' | head -n 1
}

install_3() {
  local mirror folder
  if [ -x "$V3/prometheus" ] && [ -x "$V3/promtool" ]; then return; fi
  mirror=$(debian_mirror 2>/dev/null || true)
  if [ -z "$mirror" ]; then
    echo "no Prometheus 3: this machine has no mirror of Debian to take it from; put prometheus and promtool into $V3"
    return
  fi
  folder=$(mktemp -d)
  if unpack_from "$mirror" "$folder"; then
    mkdir -p "$V3"
    cp "$folder"/unpacked/usr/bin/{prometheus,promtool} "$V3"
  else
    echo "no Prometheus 3: $mirror does not give it; put prometheus and promtool into $V3"
  fi
  rm -rf "$folder"
}

# With lists of its own, so that the machine's are left alone.
unpack_from() {
  local mirror=$1 folder=$2 package
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" \
    >"$folder/sources.list"
  mkdir -p "$folder/lists/partial" "$folder/archives/partial" "$folder/packages"
  local options=(
    -o "Dir::Etc::SourceList=$folder/sources.list"
    -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$folder/lists"
    -o "Dir::Cache=$folder"
    # No other user reads a folder of root's.
    -o "APT::Sandbox::User=$(id -un)"
    -o Acquire::Languages=none
    -o Acquire::Retries=3
  )
  apt-get "${options[@]}" -qq --error-on=any update || return 1
  # Packages of their own since 3.x.
  (cd "$folder/packages" && apt-get "${options[@]}" -qq download prometheus promtool) || return 1
  for package in "$folder"/packages/*.deb; do
    dpkg-deb --extract "$package" "$folder/unpacked" || return 1
  done
}

install_2
install_3
for folder in "$(dirname "$(command -v prometheus)")" "$V3"; do
  if [ -x "$folder/prometheus" ]; then "$folder/prometheus" --version 2>&1 | head -n 1; fi
done

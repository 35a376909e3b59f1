#!/usr/bin/env bash
# Runs the Karate suite against a `make dev` of its own, on ports of its own, and stops it.
# usage: scripts/e2e-dev.sh PYTHON [maven option …]
set -euo pipefail
cd "$(dirname "$0")/.."

python=$1
shift
log=$(mktemp)
export PORT_OFFSET=${PORT_OFFSET:-1000} RENDER_PROFILE=${RENDER_PROFILE:-draft}

"$python" -m devstack dev >"$log" 2>&1 &
stack=$!
trap 'kill -TERM "$stack" 2>/dev/null; wait "$stack" || true; rm -f "$log"' EXIT

until grep -q '^ready ' "$log"; do
  if ! kill -0 "$stack" 2>/dev/null; then
    cat "$log" >&2
    exit 1
  fi
  sleep 0.2
done

for service in poi asset script transcription render; do
  url=$(sed -nE "s/^ready .*\b$service=([^ ]+).*/\1/p" "$log")
  declare -x "$(tr '[:lower:]' '[:upper:]' <<<"$service")_BASE_URL=$url"
done
if ! mvn --batch-mode --quiet --file tests/karate/pom.xml test "$@"; then
  echo "the stack's log:" >&2
  grep -vE 'status=2[0-9][0-9]' "$log" | tail -n 40 >&2
  exit 1
fi

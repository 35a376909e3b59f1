#!/usr/bin/env bash
# Does a running platform work? Health, readiness and authentication of the five services, then
# one thing made and read with each. It takes a few seconds and leaves an archived property behind.
# scripts/platform.sh says how it finds the platform.
set -euo pipefail
# shellcheck source=scripts/platform.sh
. "$(dirname "$0")/platform.sh"

failures=0

# expect STATUS CLAIM: says whether the last answer had that status.
expect() {
  if [ "$status" = "$1" ]; then
    echo "ok    $2"
  else
    echo "FAIL  $2: $1 expected, got $status: ${body:0:500}"
    failures=$((failures + 1))
  fi
}

# needed STATUS CLAIM: what the rest cannot do without.
needed() {
  expect "$@"
  [ "$status" = "$1" ] || finish
}

finish() {
  if [ "$failures" -gt 0 ]; then
    echo "$failures failed"
    exit 1
  fi
  echo "the platform works"
  exit 0
}

# basics SERVICE URL COLLECTION
basics() {
  request GET "$2/healthz"
  expect 200 "$1 is alive"
  request GET "$2/readyz"
  expect 200 "$1 is ready"
  request GET "$2/$3"
  expect 401 "$1 refuses a call without a key"
  call GET "$2/$3?limit=1"
  expect 200 "$1 lists its $3"
}

basics poi-service "$poi_url" pois
basics asset-service "$asset_url" assets
basics script-service "$script_url" scripts
basics transcription-service "$transcription_url" transcriptions
basics render-service "$render_url" renders

call POST "$poi_url/pois" --json '{"name": "Smoke test", "facts": {"rooms": 3}}'
needed 201 "a property is registered"
poi=$(pick 'body["id"]')
call GET "$poi_url/pois/$poi"
expect 200 "the property is read"

call POST "$asset_url/assets" --json "{\"poi_id\": \"$poi\", \"name\": \"Visit\", \"asset_type\": \"video\"}"
needed 201 "an asset is added"
asset=$(pick 'body["id"]')
call GET "$asset_url/assets/$asset"
expect 200 "the asset is read"

call POST "$transcription_url/transcriptions/start?poi_id=$poi&asset_video_id=$asset"
needed 202 "a transcription is started"
transcription=$(pick 'body["id"]')
call GET "$transcription_url/transcriptions/$transcription"
expect 200 "the transcription is read"

call POST "$script_url/scripts/generate?poi_id=$poi&duration_s=15"
needed 201 "a script is written"
script=$(pick 'body["id"]')
call GET "$script_url/scripts/$script"
expect 200 "the script is read"

# The script reaches render-service as an event.
render=""
for _ in $(seq 50); do
  call GET "$render_url/renders?poi_id=$poi"
  render=$(pick 'body[0]["id"] if isinstance(body, list) and body else None')
  [ -z "$render" ] || break
  sleep 0.2
done
expect 200 "render-service has heard of the script${render:+: render $render}"
if [ -n "$render" ]; then
  call POST "$render_url/renders/$render/cancel"
  expect 202 "the render is cancelled"
else
  echo "FAIL  no render of the script within 10 s"
  failures=$((failures + 1))
fi

call DELETE "$asset_url/assets/$asset"
expect 204 "the asset is deleted"
for step in validate publish archive; do
  call POST "$poi_url/pois/$poi/$step"
  expect 200 "the property takes the step: $step"
done
finish

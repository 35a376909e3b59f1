#!/usr/bin/env bash
# Registers the sample villa on a running platform: one property, a photo and a walk-through video
# of it, a transcription and a script, which render-service then films. What is there already is
# left as it is, so it may run again. scripts/platform.sh says how it finds the platform.
set -euo pipefail
# shellcheck source=scripts/platform.sh
. "$(dirname "$0")/platform.sh"

samples=$root/data/assets
photo=$(find "$samples" -name '*.jpg' | sort | head -n 1)

# must STATUS WHAT: ends with the platform's own words when the last answer is another.
must() {
  [ "$status" != "$1" ] || return 0
  echo "$2: $1 expected, got $status: $body" >&2
  case $status in
    000) echo "Is the platform running? Start it with make up, or make dev." >&2 ;;
    401) echo "Set API_KEY to the key that the platform was started with." >&2 ;;
  esac
  exit 1
}

# known URL EXPRESSION ARGUMENT: what is in the list at the URL already, if anything.
known() {
  call GET "$1"
  must 200 "$1"
  pick "$2" "$3"
}

# tell WHAT URL: one line of the report.
tell() {
  printf '%-14s %s\n' "$1" "$2"
}

named='next((one["id"] for one in body if one["name"] == args[0]), None)'
newest='body[0]["id"] if body else None'

body=$(cat "$samples/villa.json")
name=$(pick 'body["name"]')
call GET "$poi_url/pois?limit=200" --get --data-urlencode "query=$name"
must 200 "the properties"
poi=$(pick 'next((p["id"] for p in body if p["name"] == args[0] and p["status"] != "archived"), None)' "$name")
if [ -z "$poi" ]; then
  call POST "$poi_url/pois" --json "@$samples/villa.json"
  must 201 "the property"
  poi=$(pick 'body["id"]')
fi
tell property "$poi_url/pois/$poi"

asset=$(known "$asset_url/assets?poi_id=$poi" "$named" "$(basename "$photo")")
if [ -z "$asset" ]; then
  call POST "$asset_url/assets/upload" --form "file=@$photo" --form "poi_id=$poi" --form "name=$(basename "$photo")"
  must 201 "the photo"
  asset=$(pick 'body["id"]')
fi
tell photo "$asset_url/assets/$asset"

# Registered before it is filmed: a video may get its content later.
visit="Visite filmée"
video=$(known "$asset_url/assets?poi_id=$poi" "$named" "$visit")
if [ -z "$video" ]; then
  call POST "$asset_url/assets" --json "{\"poi_id\": \"$poi\", \"name\": \"$visit\", \"asset_type\": \"video\"}"
  must 201 "the video"
  video=$(pick 'body["id"]')
fi
tell video "$asset_url/assets/$video"

transcription=$(known "$transcription_url/transcriptions?poi_id=$poi" "$newest" "")
if [ -z "$transcription" ]; then
  call POST "$transcription_url/transcriptions/start?poi_id=$poi&asset_video_id=$video"
  must 202 "the transcription"
  transcription=$(pick 'body["id"]')
fi
tell transcription "$transcription_url/transcriptions/$transcription"

script=$(known "$script_url/scripts?poi_id=$poi" "$newest" "")
if [ -z "$script" ]; then
  call POST "$script_url/scripts/generate?poi_id=$poi&language=fr"
  must 201 "the script"
  script=$(pick 'body["id"]')
fi
tell script "$script_url/scripts/$script"

# The script reaches render-service as an event.
render=""
for _ in $(seq 60); do
  render=$(known "$render_url/renders?poi_id=$poi" 'next((r["id"] for r in body if r["script_id"] == args[0]), None)' "$script")
  [ -z "$render" ] || break
  sleep 0.5
done
if [ -z "$render" ]; then
  echo "render-service has not heard of the script yet: look at its log, then run this again" >&2
  exit 1
fi
call GET "$render_url/renders/$render"
tell render "$render_url/renders/$render"

# shellcheck disable=SC2016 # a secret stays out of the output: the reader's shell fills it in
key='$API_KEY'
[ "$api_key" != dev-api-key ] || key=$api_key
echo
pick '"The render is {status}, {progress} %.".format(**body)'
echo "Fetch the film when it is completed:"
echo "  curl --fail --header \"X-API-Key: $key\" --output villa.mp4 $render_url/renders/$render/video"

# shellcheck shell=bash disable=SC2034 # what is set here is read by those who source it
# Shared by the scripts that call a running platform: where it is, its key, and how to call it.
#
# Each service is at POI_SERVICE_URL (or POI_BASE_URL), ASSET_SERVICE_URL and so on; API_KEY holds
# the key. What the environment lacks is taken from .env, as docker compose does, and otherwise
# it is what a stack on this machine has; PORT_OFFSET is that of `make dev`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# setting NAME DEFAULT: its value in the environment, in .env, or the default.
setting() {
  local value=${!1:-}
  if [ -z "$value" ] && [ -f "$root/.env" ]; then
    value=$(sed -n "s/^$1=//p" "$root/.env" | tail -n 1 | sed -E "s/^([\"'])(.*)\1\$/\2/")
  fi
  echo "${value:-$2}"
}

# address NAME PORT: where the service NAME is, without a slash at the end.
address() {
  local port url
  port=$(setting "$1_HOST_PORT" $(($2 + ${PORT_OFFSET:-0})))
  url=$(setting "$1_SERVICE_URL" "$(setting "$1_BASE_URL" "http://localhost:$port")")
  echo "${url%/}"
}

poi_url=$(address POI 8001)
asset_url=$(address ASSET 8002)
script_url=$(address SCRIPT 8003)
transcription_url=$(address TRANSCRIPTION 8004)
render_url=$(address RENDER 8005)

api_key=$(setting API_KEY dev-api-key)
api_key=${api_key%%,*} # of several, the first

# request METHOD URL [CURL-ARGUMENT...]: puts the answer into $status and $body; status 000 means
# that there was none, and the body then says why. No key is sent unless the caller adds one.
request() {
  local answer
  answer=$(curl --silent --show-error --max-time 60 --write-out '\n%{http_code}' \
    --request "$1" "$2" "${@:3}" 2>&1) || true
  status=${answer##*$'\n'}
  body=${answer%$'\n'*}
}

# call METHOD URL [CURL-ARGUMENT...]: a request with the key, which stays out of the process list.
call() {
  request "$@" --config <(printf 'header = "X-API-Key: %s"\n' "$api_key")
}

# pick EXPRESSION [ARGUMENT...]: what a Python expression finds in the JSON in $body; nothing for
# None. The arguments are args[0], args[1] ...
pick() {
  "${PYTHON:-python3}" -c '
import json, sys
expression, *args = sys.argv[1:]
found = eval(expression, {"body": json.load(sys.stdin), "args": args})
print("" if found is None else found)' "$@" <<<"$body"
}

#!/usr/bin/env bash
# with-k8s-services.sh COMMAND...: runs a command with the cluster's services within its reach.
#
# Forwards a free port of this machine to each service of kubectl's current context, and hands their
# addresses (POI_BASE_URL …) and the key (API_KEY) to the command; ends with its exit code.
set -euo pipefail

readonly namespace=poi-video-platform
services=(poi asset script transcription render)
tunnels=()
scratch=$(mktemp -d)

close_tunnels() {
  kill "${tunnels[@]}" 2> /dev/null || true
  rm -rf "$scratch"
}
trap close_tunnels EXIT

for name in "${services[@]}"; do
  kubectl --namespace "$namespace" port-forward "service/$name-service" :http \
    > "$scratch/$name" 2>&1 &
  tunnels+=($!)
done

# port NAME: the port that a tunnel has been given; it says so within seconds, or why not.
port() {
  for _ in {1..100}; do
    if sed -nE 's/^Forwarding from 127\.0\.0\.1:([0-9]+) .*/\1/p' "$scratch/$1" | grep -m 1 .; then
      return
    fi
    sleep 0.1
  done
  echo "no tunnel to $1-service: $(cat "$scratch/$1")" >&2
  return 1
}

for name in "${services[@]}"; do
  export "${name^^}_BASE_URL=http://localhost:$(port "$name")"
done
API_KEY=$(kubectl --namespace "$namespace" get secret platform-secret \
  --output 'go-template={{.data.API_KEY | base64decode}}')
export API_KEY=${API_KEY%%,*} # of several, the first
"$@"

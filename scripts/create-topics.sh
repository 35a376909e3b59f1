#!/usr/bin/env bash
# Creates the topics that are missing; RPK_BROKERS says where the broker is.
set -euo pipefail

readonly DAY_MS=$((24 * 60 * 60 * 1000))
existing=$(rpk topic list)

# create TOPIC DAYS. Six partitions: as many workers of a service can share a topic's events. A
# record may be as large as the services' publishers allow, or an outbox would stand still.
create() {
  if grep -q "^$1 " <<<"$existing"; then
    echo "$1 is there"
    return
  fi
  rpk topic create "$1" --partitions 6 \
    --topic-config "retention.ms=$(($2 * DAY_MS))" \
    --topic-config max.message.bytes=8388608
}

create poi.events 7
create asset.events 7
create video.events 7
create dlq.events 30 # dead letters wait for a person

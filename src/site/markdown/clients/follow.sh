#!/bin/sh
# Follows a channel by long-poll, with curl and jq alone: follow.sh http://localhost:8080 chat:lobby
# What is missed while the server is away comes when it is back.
base=$1
channel=$2
cursor=

while :; do
  answer=$(curl --silent --fail --get "$base/poll" --data-urlencode "channel=$channel" \
    ${cursor:+--data-urlencode "after=$cursor"} --data wait=25) || { sleep 2; continue; }
  printf '%s\n' "$answer" | jq --compact-output '.messages[] | [.from, .data]'
  cursor=$(printf '%s\n' "$answer" | jq --raw-output .cursor)
done

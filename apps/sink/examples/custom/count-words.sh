#!/bin/sh
# Counts the words of the payload and tells how it gets on.
# parameter language (text, optional): said in the log
read -r start <&3                       # one line of JSON: the event, its payload and its parameters
field() { printf '%s' "$start" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
say() { printf '%s\n' "$1" >&4; }       # everything that the agent is told is one line of JSON, too

say "{\"type\":\"log\",\"level\":\"info\",\"message\":\"counting\",\"fields\":{\"event\":\"$(field eventType)\"}}"
words=$(field payloadBase64 | base64 -d | wc -w | tr -d ' ')
echo "found $words words"               # plain output is kept as it is
say '{"type":"progress","fraction":0.5}'

if [ "$words" -eq 0 ]; then
  say '{"type":"error","reason":"exception","message":"there are no words"}'
  exit 1
fi
[ "$words" -lt 3 ] && say '{"type":"warn","message":"these are few words"}'
say "{\"type\":\"result\",\"json\":\"{\\\"words\\\":$words}\"}"

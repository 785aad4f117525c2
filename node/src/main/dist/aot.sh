#!/bin/sh
# Makes the AOT caches (JEP 514) that let Millwright start in half the time: runs the demonstration plant for some
# seconds, asks it for what a browser asks for, and lets both of its processes write down what they had loaded.
# Called by `mw` and by dist.sh: the command that runs Millwright, the folder for the caches, a file for the log.
set -eu
mw=$1
to=$2
log=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

MW_JAVA_OPTIONS="-XX:AOTCacheOutput=$work/mw.aot -Dmw.machines.training=$work/machines.aot ${MW_JAVA_OPTIONS:-}" \
  "$mw" demo --for 5s --headless --data "$work/data" --http 127.0.0.1:0 --handle 127.0.0.1:0 >"$log" 2>&1
for cache in mw.aot machines.aot; do
  cp "$work/$cache" "$to/$cache.new"
  mv "$to/$cache.new" "$to/$cache"
done
printf '%s\n' "$to/machines.aot" >"$to/machines.aot.at"

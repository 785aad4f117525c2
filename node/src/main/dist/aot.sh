#!/bin/sh
# Makes the AOT caches (JEP 514) that let Millwright start in half the time: runs the demonstration plant for some
# seconds, asks it for what a browser asks for, and lets both of its processes write down what they had loaded.
# A third cache is for `mw plc run`, which needs little of that, and keeps all of a cache in memory: the program of the
# example runs for some seconds, connected to nothing.
# Called by `mw` and by dist.sh: the command that runs Millwright, the folder for the caches, a file for the log.
set -eu
mw=$1
to=$2
log=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

MW_JAVA_OPTIONS="-XX:AOTCacheOutput=$work/mw.aot -Dmw.machines.training=$work/machines.aot ${MW_JAVA_OPTIONS:-}" \
  "$mw" demo --for 5s --headless --data "$work/data" --http 127.0.0.1:0 --handle 127.0.0.1:0 >"$log" 2>&1

examples=$(dirname "$mw")/examples
[ -d "$examples" ] || examples=$(dirname "$mw")/../examples
cp -R "$examples/tanks" "$work/project"
# Nobody listens on the port for discarding; on that of the example somebody may, and is not to be controlled by this.
sed 's/127\.0\.0\.1:1502/127.0.0.1:9/' "$examples/tanks/plant.yaml" >"$work/project/plant.yaml"
grep -q "127.0.0.1:9" "$work/project/plant.yaml"
# What was compiled by the first compiler here is compiled by that one alone ever after, which makes the start short.
# What runs in scans is left out of it, so that both compile it there.
training="-XX:TieredStopAtLevel=1 -XX:CompileCommand=quiet"
for scanned in 'io/millwright/plc/*' 'io/millwright/iec61131/State*' 'io/millwright/iec61131/machine/*' \
  'org/HdrHistogram/*'; do
  training="$training -XX:CompileCommand=exclude,$scanned.*"
done
MW_JAVA_OPTIONS="-XX:AOTCacheOutput=$work/plc.aot $training ${MW_JAVA_OPTIONS:-}" \
  "$mw" plc run "$work/project" --data "$work/plc" --http 127.0.0.1:0 --handle 127.0.0.1:0 --json \
  >"$work/plc.out" 2>>"$log" &
plc=$!
tries=0
until [ -s "$work/plc.out" ] || [ $tries -ge 120 ]; do
  tries=$((tries + 1))
  sleep 1
done
sleep 3
kill "$plc"
# It was told to end, and says so by its status.
wait "$plc" || true

for cache in mw.aot plc.aot machines.aot; do
  cp "$work/$cache" "$to/$cache.new"
  mv "$to/$cache.new" "$to/$cache"
done
printf '%s\n' "$to/machines.aot" >"$to/machines.aot.at"

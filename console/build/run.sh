#!/bin/sh
# Starts a step of the console's build with the machine's Node.js, or says what to install.
need="Building the console needs Node.js 20.19 or later with npm (https://nodejs.org, or your system's packages)."
for program in node npm; do
  command -v "$program" >/dev/null 2>&1 || { echo "$need \`$program\` was not found in PATH." >&2; exit 2; }
done
exec node "$(dirname "$0")/build.mjs" "$@"

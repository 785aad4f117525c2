#!/bin/sh
# mw dist: makes an archive that runs where no JDK is installed. Called by `mw` with its folder and the JDK.
set -eu
home=$1
jdk=$2
shift 2
case ${1:-} in
  -h | --help)
    echo "Usage: mw dist [DIR]"
    echo "Makes a self-contained archive: Java runtime, libraries, AOT cache, examples. Default DIR: $home/dist"
    exit 0
    ;;
esac
out=${1:-$home/dist}
case $(uname -s)-$(uname -m) in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-*) platform=macos-$(uname -m) ;;
  *) platform=$(uname -s)-$(uname -m) ;;
esac
name=millwright-$platform
stage=$out/$name
log=$home/.mw/dist.log

say() { printf '%s\n' "$*" >&2; }

# The jars that mw.jar names, and not what else an earlier build has left beside them.
class_path() {
  (cd "$stage" && "$jdk/bin/jar" xf lib/mw.jar META-INF/MANIFEST.MF)
  tr -d '\r' <"$stage/META-INF/MANIFEST.MF" |
    awk '/^Class-Path: /{on=1; printf "%s", substr($0, 13); next} on && /^ /{printf "%s", substr($0, 2); next} {on=0}'
  rm -r "$stage/META-INF"
}

# RocksDB's jar holds its library for 15 machines: this one's goes to lib/native, the others go away.
keep_one_rocksdb() {
  jar=$(ls "$stage/lib/lib/"rocksdbjni-*.jar)
  case $platform in
    linux-x64) library=librocksdbjni-linux64.so ;;
    linux-arm64) library=librocksdbjni-linux-aarch64.so ;;
    macos-x86_64) library=librocksdbjni-osx-x86_64.jnilib ;;
    macos-arm64) library=librocksdbjni-osx-arm64.jnilib ;;
    *) return ;;
  esac
  mkdir "$stage/rocksdb" "$stage/lib/native"
  (cd "$stage/rocksdb" && "$jdk/bin/jar" xf "$jar")
  mv "$stage/rocksdb/$library" "$stage/lib/native/"
  rm -f "$stage/rocksdb/"librocksdbjni-*
  "$jdk/bin/jar" cf "$jar" -C "$stage/rocksdb" .
  rm -r "$stage/rocksdb"
}

rm -rf "$stage"
mkdir -p "$stage/bin" "$stage/lib" "$stage/conf"

say "  1/4  Java runtime"
# What Millwright and its libraries use of the platform; a class missing here fails the run in step 3.
modules=java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.net.http,java.rmi
modules=$modules,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management
modules=$modules,jdk.unsupported,jdk.zipfs
"$jdk/bin/jlink" --output "$stage/runtime" --strip-debug --no-man-pages --no-header-files --compress zip-6 \
  --add-modules "$modules" >"$log" 2>&1 ||
  { tail -n 5 "$log" >&2; say "mw: jlink failed; the whole log is in $log"; exit 1; }

say "  2/4  libraries"
cp "$home/node/target/mw.jar" "$stage/lib/"
mkdir "$stage/lib/lib"
for jar in $(class_path); do cp "$home/node/target/$jar" "$stage/lib/lib/"; done
keep_one_rocksdb
"$jdk/bin/java" "$home/node/src/main/dist/Renew.java" "$stage/lib/lib/"picocli-*.jar >>"$log" 2>&1 ||
  say "       no cache takes the library of the command line as it is; commands will start more slowly"
cp "$home/node/src/main/dist/jvm.options" "$stage/conf/"
cp "$home/LICENSE" "$home/README.md" "$home/README.zh-CN.md" "$stage/"
cp -R "$home/examples" "$stage/examples"
cp "$home/node/src/main/dist/mw" "$stage/bin/mw"
chmod +x "$stage/bin/mw"

say "  3/4  AOT caches (runs the demonstration plant for some seconds)"
sh "$home/node/src/main/dist/aot.sh" "$stage/bin/mw" "$stage/lib" "$log" ||
  { tail -n 5 "$log" >&2; say "mw: the demonstration plant did not run; the whole log is in $log"; exit 1; }
# That of the machines does not work in another place than here.
rm -f "$stage/lib/machines.aot" "$stage/lib/machines.aot.at"

say "  4/4  archive"
tar -C "$out" -czf "$out/$name.tar.gz" "$name"
say "Made $out/$name.tar.gz ($(du -h "$out/$name.tar.gz" | cut -f1)). Unpack it anywhere and run $name/bin/mw demo."

#!/bin/sh
# Runs Deno on an emulated aarch64 machine. To compute a smoke cell in about 20 minutes, in a clone of its own:
#
#   rm -r results/table1/compact-smoke/cells/hopper/dppo-adapg
#   sh tests/aarch64.sh run --no-check --allow-read=. --allow-write=results,.work \
#     tasks/reproduce.ts table1 --budget smoke --only hopper/dppo-adapg
#
# The bytes are the committed ones where `git status` shows nothing afterwards.
#
# Needs Debian's qemu-user-static, apt-get with the arm64 architecture added (dpkg --add-architecture arm64;
# apt-get update) and npm. Downloads Deno and three libraries for arm64 into .work/aarch64, once.
set -eu
version=2.9.5
root=$PWD/.work/aarch64
if [ ! -x "$root/deno" ]; then
  mkdir -p "$root/packages"
  (cd "$root/packages" && apt-get download libc6:arm64 libgcc-s1:arm64 libstdc++6:arm64)
  for package in "$root"/packages/*.deb; do dpkg-deb -x "$package" "$root"; done
  (cd "$root/packages" && npm pack --silent "@deno/linux-arm64-glibc@$version" && tar xzf deno-*.tgz)
  mv "$root/packages/package/deno" "$root/deno"
fi
exec qemu-aarch64-static -L "$root" "$root/deno" "$@"

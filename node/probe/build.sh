#!/bin/sh
# Makes probe-x86_64 and probe-arm64 (Debian: gcc, gcc-aarch64-linux-gnu). The binaries are in git, since a release must not
# depend on which compiler its maintainer has; test/node/probe.test.ts runs them.
set -eu
cd "$(dirname "$0")"
for arch in x86_64 arm64; do
  case $arch in x86_64) compiler=x86_64-linux-gnu ;; *) compiler=aarch64-linux-gnu ;; esac
  "$compiler-gcc" -Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables -fno-pie -no-pie \
    -fcf-protection=none -fno-builtin -Wall -Wextra -Wl,--build-id=none -Wl,-n -Wl,-z,norelro -Wl,-z,noexecstack \
    -o "probe-$arch" probe.c 2>/dev/null ||
    "$compiler-gcc" -Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables -fno-pie -no-pie \
      -fno-builtin -Wall -Wextra -Wl,--build-id=none -Wl,-n -Wl,-z,norelro -Wl,-z,noexecstack -o "probe-$arch" probe.c
  "$compiler-objcopy" --strip-all --remove-section=.comment --remove-section=.note.gnu.property "probe-$arch"
done

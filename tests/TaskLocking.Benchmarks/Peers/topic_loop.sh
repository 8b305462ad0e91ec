#!/usr/bin/env bash
# topic_loop.sh ROOT COUNT INDEX: the old scheme. List, highest number, mkdir under flock.
set -euo pipefail
export LC_ALL=C
root=$1 count=$2 index=$3

allocate() {
    local highest number
    exec 9>"$root/.topic_number.lock"
    flock 9
    highest=$(ls -1 "$root" | sed -n 's/^\([0-9]\{3,\}\)_.*/\1/p' | sort -n | tail -n 1)
    printf -v number '%03d' $((10#${highest:-0} + 1))
    mkdir "$root/${number}_$1"
    exec 9>&-
}

echo READY
read -r _
begin=${EPOCHREALTIME/./}000
for ((i = 0; i < count; i++)); do
    allocate "topic_${index}_$i"
done
printf '{"operations":%d,"begin":%s,"end":%s}\n' "$count" "$begin" "${EPOCHREALTIME/./}000"

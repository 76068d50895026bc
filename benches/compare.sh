#!/usr/bin/env bash
# Runs plimsoll and other linters over one folder and prints what each run cost, and its ratio to plimsoll.
#
#   benches/compare.sh FOLDER
#
# PLIMSOLL, HADOLINT and TRIVY name the programs; without them they are looked for on PATH, and a peer that is not
# there is left out. Needs GNU time for processor time and peak memory. Best of RUNS runs (5), as other work on the
# machine only adds.
set -euo pipefail

folder=$(cd "${1:?usage: compare.sh FOLDER}" && pwd)
runs=${RUNS:-5}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
plimsoll=${PLIMSOLL:-$root/target/release/plimsoll}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ ! -x /usr/bin/time ]; then
    echo "GNU time is missing: install the package 'time'" >&2
    exit 2
fi

# Findings are no failure here, whatever the exit code.
measure() {
    local name=$1 best=""
    shift
    for _ in $(seq "$runs"); do
        # Times by the shell, which tells thousandths; memory by GNU time.
        local TIMEFORMAT='%R %U %S' line
        { time (cd "$folder" && /usr/bin/time -o "$work/memory" -f '%M' "$@" >"$work/out" 2>"$work/err") || true; } 2>"$work/time"
        line=$(paste -d ' ' <(tail -n 1 "$work/time") <(tail -n 1 "$work/memory") | awk '{printf "%.3f %.3f %.0f", $2 + $3, $1, $4 / 1024}')
        if [ -z "$best" ] || awk -v a="$line" -v b="$best" 'BEGIN {split(a, x); split(b, y); exit !(x[1] < y[1])}'; then
            best=$line
        fi
    done
    echo "$name $best" >>"$work/rows"
}

find "$folder" -type f \( -name 'Dockerfile*' -o -name '*.Dockerfile' \) -print0 >"$work/dockerfiles"

measure plimsoll "$plimsoll" check --isolated --quiet --no-progress --format concise .
if [ -s "$work/dockerfiles" ]; then
    # On the same Dockerfiles only, to be fair to a linter of Dockerfiles.
    measure plimsoll-dockerfiles xargs -0 -a "$work/dockerfiles" "$plimsoll" check --isolated --quiet --no-progress --format concise
    if hadolint=$(command -v "${HADOLINT:-hadolint}"); then
        measure hadolint xargs -0 -a "$work/dockerfiles" "$hadolint" --no-color -f gnu
    else
        echo "hadolint is not there: left out" >&2
    fi
fi
if trivy=$(command -v "${TRIVY:-trivy}"); then
    measure trivy "$trivy" config --quiet --skip-check-update --skip-version-check --cache-dir "$work/trivy" -f json .
else
    echo "trivy is not there: left out" >&2
fi

awk '
    BEGIN { printf "%-22s %10s %10s %10s %10s %10s %10s\n", "", "CPU s", "wall s", "peak MB", "CPU x", "wall x", "peak x" }
    function ratio(a, b) { return b > 0 ? sprintf("%.1f", a / b) : "-" }
    { base = $1 == "hadolint" ? "plimsoll-dockerfiles" : "plimsoll"
      cpu[$1] = $2; wall[$1] = $3; peak[$1] = $4
      printf "%-22s %10.3f %10.3f %10d %10s %10s %10s\n", $1, $2, $3, $4,
          ratio($2, cpu[base]), ratio($3, wall[base]), ratio($4, peak[base]) }
' "$work/rows"

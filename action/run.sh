#!/usr/bin/env bash
# Runs plimsoll as a step of GitHub Actions.
#
# Inputs come as environment variables, `PLIMSOLL_<INPUT>`, and are only ever data: nothing here is evaluated, and every
# expansion is quoted. Works with the bash 3.2 of macOS, where an empty array counts as unset.
set -euo pipefail

# Tells what is wrong with an input, by its name alone: its text might hold commands for the runner.
refuse() {
    printf '::error title=plimsoll::the input `%s` is neither `true` nor `false`\n' "$1"
    output exit-code 2
    exit 2
}

random() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# output NAME VALUE: sets an output of the step; nobody can guess the delimiter, so no value can end early.
output() {
    local delimiter
    delimiter="end-$(random)"
    printf '%s<<%s\n%s\n%s\n' "$1" "$delimiter" "$2" "$delimiter" >>"${GITHUB_OUTPUT:-/dev/null}"
}

# is_on NAME VALUE
is_on() {
    case "$2" in
        true) return 0 ;;
        false | '') return 1 ;;
        *) refuse "$1" ;;
    esac
}

# The plimsoll on the PATH, if it is this very version and not something that the checked repository brought along.
installed() {
    local found
    found="$(type -P plimsoll || true)"
    case "$found" in
        '' | "${GITHUB_WORKSPACE:-/dev/null}"/*) return 1 ;;
        /*) [ "$("$found" --version 2>/dev/null)" = "plimsoll $1" ] && printf '%s' "$found" ;;
        *) return 1 ;;
    esac
}

# build FOLDER: builds plimsoll into that folder. Not from within the workspace: cargo and rustup obey configs in the folder
# they run in and above it, and those of the workspace may come from anybody.
build() {
    (
        cd "$GITHUB_ACTION_PATH"
        CARGO_TARGET_DIR="$RUNNER_TEMP/plimsoll-build" \
            cargo install --quiet --locked --path . --bin plimsoll --root "$1"
    )
}

# Each line of a text becomes one argument, as it is; blank lines are none.
add_lines() {
    local line
    while IFS= read -r line || [ -n "$line" ]; do
        line="${line%$'\r'}"
        if [ -n "$line" ]; then
            arguments+=("$line")
        fi
    done <<<"$1"
}

version="$(sed -n 's/^version = "\([0-9A-Za-z.+-]*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)"
scratch="$(mktemp -d "$RUNNER_TEMP/plimsoll-run.XXXXXX")"

if ! program="$(installed "$version")"; then
    program="$RUNNER_TEMP/plimsoll-$version/bin/plimsoll"
    if [ ! -x "$program" ]; then
        printf '::group::build plimsoll %s\n' "$version"
        build "$RUNNER_TEMP/plimsoll-$version"
        printf '::endgroup::\n'
    fi
fi

sarif="${PLIMSOLL_SARIF_FILE:-}"
if is_on upload-sarif "${PLIMSOLL_UPLOAD_SARIF:-}" && [ -z "$sarif" ]; then
    sarif="$RUNNER_TEMP/plimsoll.sarif"
fi
# A lone dash would be standard output.
if [ "$sarif" = - ]; then
    sarif=./-
fi

arguments=(check --no-progress --color=always --format=full "--format=json=$scratch/report.json")
if is_on annotations "${PLIMSOLL_ANNOTATIONS:-true}"; then
    arguments+=("--format=github=$scratch/annotations")
fi
if is_on summary "${PLIMSOLL_SUMMARY:-true}"; then
    arguments+=("--format=markdown=$scratch/summary.md")
fi
if [ -n "$sarif" ]; then
    arguments+=("--format=sarif=$sarif")
fi
if [ -n "${PLIMSOLL_CONFIG:-}" ]; then
    arguments+=("--config=$PLIMSOLL_CONFIG")
fi
if [ -n "${PLIMSOLL_FAIL_ON:-}" ]; then
    arguments+=("--fail-on=$PLIMSOLL_FAIL_ON")
fi
add_lines "${PLIMSOLL_ARGS:-}"
arguments+=(--)
add_lines "${PLIMSOLL_PATHS:-.}"

# The report quotes files that anybody may have written: the runner takes no commands from it. Both streams are one, since
# the runner reads two in any order.
token="$(random)"
printf '::stop-commands::%s\n' "$token"
code=0
"$program" "${arguments[@]}" </dev/null 2>&1 || code=$?
printf '\n::%s::\n' "$token"

if [ -f "$scratch/annotations" ]; then
    cat "$scratch/annotations"
fi
# GitHub refuses a summary above 1 MiB as a whole.
if [ -f "$scratch/summary.md" ]; then
    head -c 921600 "$scratch/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi

# The last line of the report holds the counts, in this order; no text of a file is on it.
errors='' warnings='' infos='' hints='' findings=''
if [ -f "$scratch/report.json" ]; then
    pattern='s/.*"findings":{"error":\([0-9]*\),"warning":\([0-9]*\),"info":\([0-9]*\),"hint":\([0-9]*\)}}}$/\1 \2 \3 \4/p'
    read -r errors warnings infos hints <<<"$(tail -n 1 "$scratch/report.json" | sed -n "$pattern")"
    findings=$((errors + warnings + infos + hints))
fi
# After wrong use nothing was written: a file of that name was there before.
if [ "$code" = 2 ] || [ ! -f "$sarif" ]; then
    sarif=''
fi
output exit-code "$code"
output findings "$findings"
output errors "$errors"
output warnings "$warnings"
output sarif-file "$sarif"
rm -rf -- "$scratch"
exit "$code"

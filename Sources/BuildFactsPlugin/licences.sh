#!/bin/sh
# usage: licences.sh OUTPUT COMPILER (NAME VERSION SOURCE DIRECTORY PROGRAMS)...
# Writes Swift source that lists the packages linked into the programs, with the licence that lies in each one's
# directory. PROGRAMS are names with commas between them. The compiler's own library is linked in as well.
set -eu
output=$1 compiler=$2
shift 2

# The SPDX name of a licence, by its words; empty where they are of none that is known.
kind() {
    if grep -q 'Apache License' "$1" && grep -q 'Version 2.0' "$1"; then
        if grep -q 'Runtime Library Exception' "$1"; then echo 'Apache-2.0 WITH Swift-exception'; else echo Apache-2.0; fi
    elif grep -q 'Permission is hereby granted, free of charge' "$1"; then
        echo MIT
    elif grep -q 'Redistributions of source code must' "$1"; then
        if grep -q 'Neither the name' "$1"; then echo BSD-3-Clause; else echo BSD-2-Clause; fi
    fi
}

# As a Swift literal.
quoted() { printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')"; }

# NAME VERSION SOURCE PROGRAMS DIRECTORY FILE...
entry() {
    name=$1 version=$2 source=$3 programs=$4 directory=$5
    shift 5
    licence='' holder='' files=''
    for file in "$@"; do
        [ -f "$directory/$file" ] || continue
        files="$files${files:+, }\"$file\""
        [ -n "$licence" ] || licence=$(kind "$directory/$file")
        # The licence's own text has a line to be filled in, in brackets.
        [ -n "$holder" ] || holder=$(grep -ihE '^[[:space:]]*copyright[[:space:]]+(\(c\)|©|[0-9])' "$directory/$file" |
            grep -v '\[' | head -n 1 | sed 's/^[[:space:]]*//; s/[[:space:]]*$//')
    done
    printf '        LinkedPackage(\n'
    printf '            name: %s, version: %s, source: %s,\n' "$(quoted "$name")" "$(quoted "$version")" "$(quoted "$source")"
    printf '            licence: %s, holder: %s, files: [%s],\n' "$(quoted "$licence")" "$(quoted "$holder")" "$files"
    printf '            programs: ["%s"]),\n' "$(printf '%s' "$programs" | sed 's/,/", "/g')"
}

{
    printf '/// Made by the build.\nenum LinkedPackages {\n    static let all: [LinkedPackage] = [\n'
    while [ $# -ge 5 ]; do
        directory=$4
        # Names have no spaces.
        # shellcheck disable=SC2046
        entry "$1" "$2" "$3" "$5" "$directory" $(cd "$directory" && ls | grep -iE '^(licen[cs]e|copying|notices?)' || :)
        shift 5
    done
    toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v "$compiler" || echo "$compiler")")")")
    version=$("$compiler" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9A-Za-z.-]*\).*/\1/p' | head -n 1) || version=
    entry Swift "$version" https://swift.org storefront,storefront-server "$toolchain/share/swift" LICENSE.txt
    printf '    ]\n}\n'
} >"$output"

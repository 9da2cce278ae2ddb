#!/bin/sh
# usage: commit.sh CHECKOUT COMPILER OUTPUT
# Writes Swift source that names the commit of a checkout, its date, and the compiler's version. Where there is no
# repository, no git, or no commit, it names none: a checkout in some other repository must not get that one's.
set -eu
checkout=$1 compiler=$2 output=$3

commit=
if [ -e "$checkout/.git" ]; then
    commit=$(git -C "$checkout" log -1 --no-show-signature --format='%H %cs' 2>/dev/null) || commit=
fi
hash=${commit%% *}
date=${commit##* }
case $hash in *[!0-9a-f]* | '') hash='' date='' ;; esac
case $date in *[!0-9-]*) date='' ;; esac
version=$("$compiler" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9A-Za-z.-]*\).*/\1/p' | head -n 1) || version=

cat >"$output" <<END
/// Made by the build.
enum Commit {
    static let hash = "$hash"
    static let date = "$date"
    static let compiler = "$version"
}
END

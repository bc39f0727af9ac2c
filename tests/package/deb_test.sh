#!/usr/bin/env bash
# The Debian package holds what it should, and the program in it runs: deb_test.sh BUILD_FOLDER
set -euo pipefail
build="$1"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
(cd "$build" && cpack -G DEB -B "$folder" > "$folder/log") || { cat "$folder/log"; exit 1; }
dpkg-deb -x "$folder"/plumb_*.deb "$folder/root"
dpkg-deb -f "$folder"/plumb_*.deb Depends | grep libmariadb3 > /dev/null
"$folder/root/usr/bin/plumb" --version | grep "^plumb [0-9]" > /dev/null
cd "$folder/root/usr"
for file in share/man/man1/plumb.1.gz share/man/man1/plumb-data-export.1.gz share/bash-completion/completions/plumb share/zsh/vendor-completions/_plumb \
  share/fish/vendor_completions.d/plumb.fish include/plumb/plumb_client.hpp lib/systemd/system/plumb-backup@.timer share/doc/plumb/copyright share/doc/plumb/docs/runbook.md; do
  [[ -s $file ]] || { echo "the package lacks $file"; exit 1; }
done
zcat share/man/man1/plumb-plan.1.gz | grep largest > /dev/null
# every verb that the units and the cron line call is one, with the options that they use
for line in lib/systemd/system/plumb-*.service share/doc/plumb/examples/plumb-backup; do
  grep -o '/usr/bin/plumb [^&]*' "$line" | while read -r _ verb second rest; do
    [[ $second == -* ]] && { rest="$second $rest"; second=; }
    for option in $(grep -o -- '--[a-z-]*' <<< "$rest"); do
      "$folder/root/usr/bin/plumb" $verb $second --help | grep -- "$option" > /dev/null || { echo "$line: plumb $verb $second has no $option"; exit 1; }
    done
  done
done

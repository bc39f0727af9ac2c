#!/usr/bin/env bash
# How long each way back takes on the bamort example: undo the deployment, restore a backup, put back the copy of the files
# ("volume"). Arguments: the program (default: build/release/plumb), rows added to the audit log (500000), a folder on a real disk
# (/tmp). Prints seconds; docs/rollback.md holds those of one machine.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
plumb="$(realpath "${1:-build/release/plumb}")"
rows="${2:-500000}"
folder="$(mktemp -d "${3:-/tmp}/plumb-ways-XXXXXX")"
server=
trap '[[ -z $server ]] || { kill "$server"; wait "$server" || true; }; rm -rf "$folder"' EXIT
cd "$folder"

timed() {  # a name and a command
  local begin end
  begin=$(date +%s%N)
  "${@:2}" > last-output 2>&1 || { cat last-output >&2; exit 1; }
  end=$(date +%s%N)
  awk -v name="$1" -v ns=$((end - begin)) 'BEGIN { printf "  %-42s %7.2f s\n", name, ns / 1e9 }'
}

start_server() {
  mariadbd --no-defaults --user=root --datadir="$folder/data" --socket="$folder/s" --pid-file="$folder/pid" --skip-networking --tmpdir="$folder" > server.log 2>&1 &
  server=$!
  until mariadb --no-defaults --socket="$folder/s" --user=root -e 'SELECT 1' > started 2>&1; do sleep 0.1; done
}
stop_server() {
  kill "$server"
  wait "$server" || true
  server=
}

ways_back() {  # a URL, the two functions that keep and put back the files
  "$2"
  timed 'deployment (plan, apply, verify)' "$plumb" apply --to "$here/schema/bamort" --yes --quiet --db "$1"
  timed 'undo: plumb rollback' "$plumb" rollback --yes --db "$1"
  timed 'plumb backup create' "$plumb" backup create -o "$4.backup.tar" --quiet --db "$1"
  "$plumb" apply --to "$here/schema/bamort" --yes --quiet --db "$1" > last-output 2>&1
  timed 'restore: plumb restore --replace' "$plumb" restore "$4.backup.tar" --replace --no-backup --yes --quiet --db "$1"
  timed 'volume: the files put back' "$3"
}

audit="INSERT INTO audit_log_entries (character_id, field_name, old_value, new_value, difference, reason, user_id, timestamp)"

sqlite3 bamort.db < "$here/schema/bamort/history/old_sqlite.sql"
sqlite3 bamort.db "$audit SELECT value % 20, 'ep', value, value + 1, 1, 'Gelernt: Reiten +' || value, 2, '2025-11-01 19:41:00' FROM generate_series(1, $rows)"
keep_file() { cp bamort.db kept.db; sync kept.db; }
put_file_back() { cp kept.db bamort.db.new && sync bamort.db.new && mv bamort.db.new bamort.db; }
echo "SQLite, $(du -m bamort.db | cut -f1) MB, $(nproc) processors"
ways_back "sqlite:$folder/bamort.db" keep_file put_file_back sqlite

mkdir data
mariadb-install-db --no-defaults --auth-root-authentication-method=normal --datadir="$folder/data" > install.log 2>&1
start_server
mariadb --no-defaults --socket="$folder/s" --user=root -e 'CREATE DATABASE bamort CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'
client=(mariadb --no-defaults --default-character-set=utf8mb4 --socket="$folder/s" --user=root bamort)
"${client[@]}" < "$here/schema/bamort/history/old_mariadb.sql"
"${client[@]}" -e "$audit SELECT seq % 20, 'ep', seq, seq + 1, 1, concat('Gelernt: Reiten +', seq), 2, '2025-11-01 19:41:00' FROM seq_1_to_$rows"
keep_folder() { stop_server; cp -a data kept; start_server; }
put_folder_back() { stop_server; rm -rf data; cp -a kept data; sync data; start_server; }
echo "MariaDB, $(du -m data/bamort | cut -f1) MB, $(nproc) processors"
ways_back "mariadb://root@localhost/bamort?socket=$folder/s" keep_folder put_folder_back mariadb

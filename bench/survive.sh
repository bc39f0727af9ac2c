#!/usr/bin/env bash
# What safety costs, side by side with the same work done by the engines' own tools: the journal of a step, the copy of what a
# plan drops, a backup. Arguments: the program (default: build/release/plumb), megabytes of the backup (1000), a folder on a real
# disk (/tmp). Prints seconds and ratios; docs/benchmarks.md holds those of one machine.
set -euo pipefail
plumb="$(realpath "${1:-build/release/plumb}")"
megabytes="${2:-1000}"
folder="$(mktemp -d "${3:-/tmp}/plumb-bench-XXXXXX")"
server=
trap '[[ -z $server ]] || { kill "$server"; wait "$server" || true; }; rm -rf "$folder"' EXIT
cd "$folder"

seconds() {  # of a command
  local begin end
  begin=$(date +%s%N)
  "$@" > last-output 2>&1 || { cat last-output >&2; exit 1; }
  end=$(date +%s%N)
  awk -v ns=$((end - begin)) 'BEGIN { printf "%.3f", ns / 1e9 }'
}
fastest() {  # of three runs of a function
  local best= one
  for _ in 1 2 3; do
    one=$(seconds "$@")
    best=$(awk -v a="${best:-$one}" -v b="$one" 'BEGIN { print (a < b ? a : b) }')
  done
  echo "$best"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

mkdir data temporary
mariadb-install-db --no-defaults --auth-root-authentication-method=normal --datadir="$folder/data" > install.log 2>&1
mariadbd --no-defaults --user=root --datadir="$folder/data" --socket="$folder/s" --pid-file="$folder/pid" --skip-networking --tmpdir="$folder/temporary" > server.log 2>&1 &
server=$!
client=(mariadb --no-defaults --socket="$folder/s" --user=root)
until "${client[@]}" -e 'SELECT 1' > last-output 2>&1; do sleep 0.2; done
url() { echo "mariadb://root@localhost/$1?socket=$folder/s"; }

# --- the journal: what a step costs beside its statement, from the difference of two long plans
made=0
steps() {  # number of tables
  made=$((made + 1))
  "${client[@]}" -e "CREATE DATABASE steps_$made; CREATE DATABASE typed_$made"
  { echo 'schema steps version 1.0.0'; for i in $(seq "$1"); do echo "table t$i { id bigint primary key }"; done; } > steps.plumb
  "$plumb" plan --to steps.plumb --db "$(url "steps_$made")" -o steps.json --quiet
  "$plumb" plan --to steps.plumb --db "$(url "steps_$made")" -o steps.sql --quiet
  step_seconds=$(seconds "$plumb" apply steps.json --db "$(url "steps_$made")" --quiet)
  typed_seconds=$(seconds "${client[@]}" "typed_$made" -e 'source steps.sql')
}
best_journal=
for _ in 1 2 3; do
  steps 50; few=$step_seconds few_typed=$typed_seconds
  steps 250; many=$step_seconds many_typed=$typed_seconds
  one=$(awk -v a="$few" -v b="$many" -v c="$few_typed" -v d="$many_typed" 'BEGIN { printf "%.2f", ((b - a) - (d - c)) * 1000 / 200 }')
  best_journal=$(awk -v a="${best_journal:-$one}" -v b="$one" 'BEGIN { print (a < b ? a : b) }')
done
echo "journal: $best_journal ms a step more than the same statements typed (250 tables: $many s, typed $many_typed s)"

# --- the attic: a column of a million rows is kept and dropped
"${client[@]}" -e 'CREATE DATABASE attic; CREATE TABLE attic.people (id bigint NOT NULL PRIMARY KEY, name varchar(40) NOT NULL, fax varchar(40) NULL)'
"${client[@]}" attic -e "INSERT INTO people SELECT seq, concat('name ', seq), concat('+49 228 ', seq) FROM seq_1_to_1000000"
typed_copy() { "${client[@]}" attic -e 'CREATE OR REPLACE TABLE typed (k1 bigint NOT NULL PRIMARY KEY, v1 varchar(40) NULL); INSERT INTO typed SELECT id, fax FROM people WHERE fax IS NOT NULL'; }
typed=$(fastest typed_copy)
printf 'schema attic version 1.0.0\ntable people {\n  id bigint primary key\n  name varchar(40)\n}\ndrop column people.fax\n' > attic.plumb
"${client[@]}" attic -e 'DROP TABLE typed'
"$plumb" apply --to attic.plumb --db "$(url attic)" --yes --quiet --log-dir logs
step_seconds_of() { awk -F'[:,]' -v step="$1" '/"duration_ms"/ { if (++n == step + 1) { printf "%.3f", $2 / 1000; exit } }' logs/*-apply.json; }  # the first is of the whole run
kept=$(step_seconds_of 1)
locked=$(step_seconds_of 2)
echo "attic: 1,000,000 values in $kept s, the same INSERT … SELECT typed $typed s: $(ratio "$kept" "$typed"); compared once more and dropped, with the table locked, in $locked s"

# --- a backup
rows=$((megabytes * 4300))
sqlite3 big.db "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, placed TEXT NOT NULL, note TEXT, amount REAL); CREATE INDEX idx_customer ON orders (customer); INSERT INTO orders SELECT value, abs(random()) % 100000, datetime(1700000000 + value, 'unixepoch'), 'order ' || hex(randomblob(60)) || ' of the customer with the usual remarks', (random() % 100000) / 100.0 FROM generate_series(1, $rows)" > last-output
sync
vacuum_into() { rm -f copy.db; sqlite3 big.db "VACUUM INTO 'copy.db'"; sync copy.db; }
backup_command() { rm -f copy.db; sqlite3 big.db '.backup copy.db'; sync copy.db; }
copy_compress_verify() { rm -f copy.db copy.db.zst; sqlite3 big.db '.backup copy.db'; sha256sum copy.db; zstd -q -3 -T0 --check copy.db; zstd -dc copy.db.zst | sha256sum; sync copy.db.zst; }
plumb_backup() { rm -f big.backup.tar; "$plumb" backup create --db sqlite:big.db -o big.backup.tar --quiet; }
vacuum=$(fastest vacuum_into)
copy=$(fastest backup_command)
whole=$(fastest copy_compress_verify)
own=$(fastest plumb_backup)
echo "backup of $(du -m big.db | cut -f1) MB: $own s; VACUUM INTO $vacuum s: $(ratio "$own" "$vacuum"); .backup $copy s: $(ratio "$own" "$copy"); .backup, sha256sum, zstd, read back $whole s: $(ratio "$own" "$whole")"

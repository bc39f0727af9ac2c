#!/usr/bin/env python3
"""Measures syncs of master data against the bare limit, both in one run: bench/master_data.py PLUMB [ROWS] [mariadb://… URL].

SQLite: the bare limit of inserting is prepared inserts in one transaction (Python's sqlite3, whose loop is C); of comparing, reading both
sides: every line of the file parsed and every row fetched. MariaDB: multi-row INSERT statements of 1,000 rows by the engine's own client.
"""
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

plumb = os.path.abspath(sys.argv[1])
rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
url = sys.argv[3] if len(sys.argv) > 3 else ""

DESCRIPTION = """schema bench version 1.0.0
master table codes {
  id     serial
  code   varchar(20)
  name   varchar(60)
  price  decimal(10,2)
  since  date
  ok     bool
  natural key (code)
}
"""


def row(i):
    return {"code": f"c{i:09}", "name": f"name of the row {i}", "price": f"{i % 10000}.25", "since": "2026-01-31", "ok": i % 2 == 0}


def run(*words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    done = subprocess.run([plumb, *words], capture_output=True, text=True)
    if done.returncode not in (0, 2):
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begin, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss // 1024


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with open("bench.plumb", "w") as file:
        file.write(DESCRIPTION)
    os.mkdir("master")
    with open("master/metadata.json", "w") as file:
        file.write('{"format": 2, "schema": "bench", "version": "1.0.0", "rows": {"codes": %d}}' % rows)
    with open("master/codes.jsonl", "w") as file:
        for i in range(rows):
            file.write(json.dumps(row(i), separators=(",", ":")) + "\n")
    target = url or "sqlite:bench.db"
    run("apply", "--db", target, "--to", "bench.plumb", "--yes", "--quiet")
    if not url:
        bare = sqlite3.connect("bare.db")
        bare.executescript("CREATE TABLE codes (id integer PRIMARY KEY AUTOINCREMENT, code varchar(20) NOT NULL, name varchar(60) NOT NULL, price decimal(10,2) NOT NULL, since date NOT NULL, ok boolean NOT NULL); CREATE UNIQUE INDEX k ON codes (code)")
        values = [(r["code"], r["name"], r["price"], r["since"], r["ok"]) for r in map(row, range(rows))]
        begin, cpu = time.monotonic(), time.process_time()
        with bare:
            bare.executemany("INSERT INTO codes (code, name, price, since, ok) VALUES (?, ?, ?, ?, ?)", values)
        print(f"bare inserts: {time.monotonic() - begin:.2f} s, {time.process_time() - cpu:.2f} s of CPU")
    print("sync of new rows: %.2f s, %.2f s of CPU, at most %d MiB" % run("data", "sync", "master", "--db", target, "--to", "bench.plumb", "--yes", "--quiet", "--no-attic"))
    if not url:
        begin, cpu = time.monotonic(), time.process_time()
        with open("master/codes.jsonl") as file:
            for line in file:
                json.loads(line)
        for _ in sqlite3.connect("bench.db").execute("SELECT code, name, price, since, ok, id FROM codes"):
            pass
        print(f"reading both sides: {time.monotonic() - begin:.2f} s, {time.process_time() - cpu:.2f} s of CPU")
    print("comparing unchanged rows: %.2f s, %.2f s of CPU, at most %d MiB" % run("data", "diff", "master", "--db", target, "--to", "bench.plumb", "--quiet"))

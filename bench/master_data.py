#!/usr/bin/env python3
"""Measures syncs of master data against the bare limit, in turn: bench/master_data.py PLUMB [ROWS] [mariadb://… URL SOCKET DATABASE PID].

The bare limits, SQLite: prepared inserts in one transaction (Python's sqlite3, whose loop is C); every line of the file parsed and every row
fetched. MariaDB: INSERT statements of 1,000 rows, and LOAD DATA of the same rows, by the engine's own client; the rows fetched by it and every
line parsed. CPU time (for MariaDB with that of the server, its PID), and the time that passes.
"""
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

plumb = os.path.abspath(sys.argv[1])
rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
url, socket, database, server = sys.argv[3:7] if len(sys.argv) > 6 else ("", "", "", "")
rounds = int(os.environ.get("ROUNDS", "3"))

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


def server_time():
    if not server:
        return 0.0
    with open(f"/proc/{server}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Measured:
    """The best of some rounds counts: what disturbs only adds."""

    def __init__(self):
        self.times = {}
        self.elapsed = {}
        self.memory = {}

    def take(self, name, work):
        before, server_before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), server_time(), time.process_time()
        started = time.monotonic()
        memory = work()
        self.elapsed.setdefault(name, []).append(time.monotonic() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime + server_time() - server_before + time.process_time() - begin
        self.times.setdefault(name, []).append(used)
        if memory:
            self.memory[name] = memory

    def tell(self):
        for name, times in self.times.items():
            print(f"{name}: {min(times):.2f} s of CPU (median {statistics.median(times):.2f}), {min(self.elapsed[name]):.2f} s elapsed ({statistics.median(self.elapsed[name]):.2f})" + (f", at most {self.memory[name]} MiB" if name in self.memory else ""))

    def ratio(self, what, limit):
        print(f"{what} / {limit}: {min(self.times[what]) / min(self.times[limit]):.2f} of its CPU, {min(self.elapsed[what]) / min(self.elapsed[limit]):.2f} of its time")


def run(*words):
    """The program's largest memory, in MiB."""
    process = subprocess.Popen([plumb, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 2):
        sys.exit(complaint)
    return usage.ru_maxrss // 1024


def client(sql, local=False):
    subprocess.run(["mariadb", "--no-defaults", "--default-character-set=utf8mb4", "--user=root", f"--socket={socket}", "--quick", "--skip-column-names"] + (["--local-infile=1"] if local else []) + [database],
                   input=sql, stdout=subprocess.DEVNULL, text=True, check=True)


def parse_file():
    with open("master/codes.jsonl") as file:
        for line in file:
            json.loads(line)


BARE_TABLE = "CREATE TABLE bare (id integer PRIMARY KEY AUTOINCREMENT, code varchar(20) NOT NULL, name varchar(60) NOT NULL, price decimal(10,2) NOT NULL, since date NOT NULL, ok boolean NOT NULL, UNIQUE (code))"


def bare_sqlite(values):
    for file in ("bare.db", "bare.db-journal"):
        if os.path.exists(file):
            os.remove(file)
    bare = sqlite3.connect("bare.db")
    bare.execute(BARE_TABLE)
    bare.commit()
    return lambda: insert_bare(bare, values)


def insert_bare(bare, values):
    with bare:
        bare.executemany("INSERT INTO bare (code, name, price, since, ok) VALUES (?, ?, ?, ?, ?)", values)


def insert_bare_mariadb():
    client(open("inserts.sql").read())


def read_sqlite():
    parse_file()
    for _ in sqlite3.connect("bench.db").execute("SELECT code, name, price, since, ok, id FROM codes"):
        pass


def read_mariadb():
    parse_file()
    client("SELECT code, name, price, since, ok, id FROM codes")


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
    values = [(r["code"], r["name"], r["price"], r["since"], r["ok"]) for r in map(row, range(rows))]
    measured = Measured()
    target = url or "sqlite:bench.db"
    run("apply", "--db", target, "--to", "bench.plumb", "--yes", "--quiet")
    sync = ["data", "sync", "master", "--db", target, "--to", "bench.plumb", "--yes", "--quiet"]
    if url:
        with open("inserts.sql", "w") as file:
            file.write("BEGIN;\n")
            for i in range(0, rows, 1000):
                file.write("INSERT INTO bare (code, name, price, since, ok) VALUES " + ",".join("('%s','%s',%s,'%s',%d)" % v for v in values[i:i + 1000]) + ";\n")
            file.write("COMMIT;\n")
        with open("rows.tsv", "w") as file:
            for v in values:
                file.write("%s\t%s\t%s\t%s\t%d\n" % v)
    for _ in range(rounds):
        if url:
            client("DROP TABLE IF EXISTS bare; CREATE TABLE bare LIKE codes")  # the same character set and indexes
            measured.take("bare inserts", insert_bare_mariadb)
            client("TRUNCATE TABLE bare")
            measured.take("bare LOAD DATA", lambda: client("LOAD DATA LOCAL INFILE 'rows.tsv' INTO TABLE bare (code, name, price, since, ok)", True))
            client("TRUNCATE TABLE codes; DROP TABLE IF EXISTS plumb_master")  # deleted rows would be purged while it is measured
        else:
            measured.take("bare inserts", bare_sqlite(values))
            with sqlite3.connect("bench.db") as emptied:
                emptied.executescript("DELETE FROM codes; DROP TABLE IF EXISTS plumb_master")
            emptied.close()
        measured.take("sync of new rows", lambda: run(*sync, "--no-attic"))
        measured.take("reading both sides", read_mariadb if url else read_sqlite)
        measured.take("comparing unchanged rows", lambda: run("data", "diff", "master", "--db", target, "--to", "bench.plumb", "--quiet"))
    measured.tell()
    measured.ratio("sync of new rows", "bare inserts")
    if url:
        measured.ratio("sync of new rows", "bare LOAD DATA")
    measured.ratio("comparing unchanged rows", "reading both sides")

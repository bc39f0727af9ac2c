#!/usr/bin/env python3
"""Measures the rates that plans count with (docs/benchmarks.md), and what the questions to the rows cost beside the same SELECT.

bench/measure_rates.py PLUMB [ROWS]    PLUMB: the program; ROWS: 1000000 when it is left out

Makes an SQLite file and a MariaDB server of its own in a folder for temporary files (TMPDIR says which), and removes both.
CPU seconds are of the process that does the work: on a machine that does other work they tell more than the seconds on the clock."""
import json
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

plumb = os.path.abspath(sys.argv[1])
rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
folder = pathlib.Path(tempfile.mkdtemp(prefix="plumb_rates_"))

BEFORE = """schema rates version 1.0.0
table t {
  id     serial
  a      int
  b      varchar(100)
  c      varchar(100)?
  d      int?
  index (d)
}
"""
FILLER = "x" * 80


def cpu_of(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(*words, codes=(0,)):
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode not in codes:
        sys.exit(f"{words} ended with {result.returncode}\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.stdout


def write(name, text):
    (folder / name).write_text(text)
    return str(folder / name)


def report(what, seconds, cpu, size):
    print(f"{what:34} {seconds:7.2f} s  {cpu:6.2f} s of CPU  {rows / seconds:12,.0f} rows/s {size / seconds / 2**20:8.1f} MiB/s   by CPU {rows / cpu:12,.0f} rows/s {size / cpu / 2**20:8.1f} MiB/s")


def medians(*measures):
    """Each five times, in turn."""
    taken = [[measure() for measure in measures] for _ in range(5)]
    return [sorted(column)[2] for column in zip(*taken)]


# --- SQLite

path = str(folder / "rates.db")
url = f"sqlite:{path}"
run(plumb, "apply", "--yes", "--quiet", "--db", url, "--to", write("before.plumb", BEFORE))
database = sqlite3.connect(path)
database.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO t (a, b, c, d) SELECT i, ? || i, ?, i % 1000 FROM n", (rows, FILLER, FILLER))
database.commit()
database.close()
size = os.path.getsize(path)
print(f"SQLite {sqlite3.sqlite_version}, {rows:,} rows, {size / 2**20:.0f} MiB")


def apply(text):
    start = cpu_of_children()
    out = run(plumb, "apply", "--yes", "--json", "--no-attic", "--no-rehearsal", "--no-probe", "--db", url, "--to", write("after.plumb", text))
    result = json.loads(out[out.index('{\n  "outcome"'):])
    return sum(step["duration_ms"] for step in result["steps"]) / 1000, cpu_of_children() - start


checked = BEFORE.replace("a      int", "a      int check (a > 0)")
report("rebuild", *apply(checked), size)
report("new index", *apply(checked.replace("  index (d)", "  index (d)\n  index (a)")), 0)
run(plumb, "apply", "--yes", "--quiet", "--no-attic", "--db", url, "--to", write("after.plumb", checked))
ASKED = "  index (d)\n  check few (d < 100000)\n  check all_of_them (length(b) > 1)"
SELECT = "SELECT count(*), count(*) - count(c), count(CASE WHEN NOT (d < 100000) THEN 1 END), count(CASE WHEN NOT (length(b) > 1) THEN 1 END) FROM t"
questions = checked.replace("c      varchar(100)?", "c      varchar(100)").replace("  index (d)", ASKED)


def cpu_of_run(*words):
    start = cpu_of_children()
    run(*words, codes=(0, 3))
    return cpu_of_children() - start


to = write("questions.plumb", questions)
asked, other, typed = medians(
    lambda: cpu_of_run(plumb, "plan", "--no-rehearsal", "--db", url, "--to", to),
    lambda: cpu_of_run(plumb, "plan", "--no-rehearsal", "--no-probe", "--db", url, "--to", to),
    lambda: cpu_of_run("sqlite3", path, SELECT))
print(f"three questions: {asked:.2f} s of CPU, {other:.2f} s of it not for the rows; the SELECT typed into sqlite3: {typed:.2f} s; ratio {asked / typed:.2f}")

# --- MariaDB

data = folder / "data"
subprocess.run(["mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", f"--datadir={data}"], check=True, capture_output=True)
(folder / "tmp").mkdir()
socket = str(folder / "s")
server = subprocess.Popen(["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", "--skip-networking", f"--tmpdir={folder / 'tmp'}", "--innodb-buffer-pool-size=512M",
                           *(["--user=root"] if os.getuid() == 0 else [])], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sql(text, database="rates"):
    return run("mariadb", "--no-defaults", "--user=root", f"--socket={socket}", "-N", "-e", text, *([database] if database else []))


try:
    for _ in range(100):
        if subprocess.run(["mariadb", "--no-defaults", "--user=root", f"--socket={socket}", "-e", "SELECT 1"], capture_output=True).returncode == 0:
            break
        time.sleep(0.2)
    sql("CREATE DATABASE rates CHARACTER SET utf8mb4", None)
    url = f"mariadb://root@localhost/rates?socket={socket}"
    run(plumb, "apply", "--yes", "--quiet", "--db", url, "--to", write("before.plumb", BEFORE))
    sql(f"INSERT INTO t (a, b, c, d) SELECT seq, CONCAT('{FILLER}', seq), '{FILLER}', seq % 1000 FROM seq_1_to_{rows}")
    sql("ANALYZE TABLE t")
    size = int(sql("SELECT SUM(FILE_SIZE) FROM information_schema.INNODB_SYS_TABLESPACES WHERE NAME = 'rates/t'"))
    print(f"MariaDB {sql('SELECT VERSION()').strip()}, {rows:,} rows, {size / 2**20:.0f} MiB")

    def measure(what, text, written):
        start, cpu = time.monotonic(), cpu_of(server.pid)
        sql(text)
        report(what, time.monotonic() - start, cpu_of(server.pid) - cpu, written)

    measure("COPY", "ALTER TABLE t MODIFY a bigint NOT NULL, ALGORITHM=COPY", size)
    measure("INPLACE rebuild", "ALTER TABLE t MODIFY a bigint NULL, ALGORITHM=INPLACE", size)
    measure("NOCOPY, a new index", "ALTER TABLE t ADD INDEX by_a (a), ALGORITHM=NOCOPY", 0)
    measure("UPDATE of all rows", "UPDATE t SET c = CONCAT(b, 'y')", 0)
    # the description follows what was done to the table
    now = BEFORE.replace("a      int", "a      bigint?").replace("  index (d)", "  index (d)\n  index by_a (a)").replace("c      varchar(100)?", "c      varchar(120)?")
    questions = now.replace("c      varchar(120)?", "c      varchar(120)").replace("  index (d)", ASKED)
    to = write("questions.plumb", questions)

    def cpu_of_server(work):
        start = cpu_of(server.pid)
        work()
        return cpu_of(server.pid) - start

    asked, typed = medians(
        lambda: cpu_of_server(lambda: run(plumb, "plan", "--no-rehearsal", "--no-algorithm", "--db", url, "--to", to, codes=(0, 3))),
        lambda: cpu_of_server(lambda: sql(SELECT)))
    print(f"three questions: {asked:.2f} s of the server's CPU; the SELECT typed into mariadb: {typed:.2f} s; ratio {asked / typed:.2f}")
finally:
    server.terminate()
    server.wait()
    shutil.rmtree(folder)

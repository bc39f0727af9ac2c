#!/usr/bin/env python3
"""Writes a description of N tables: bench/make_description.py N > big.plumb"""
import sys

count = int(sys.argv[1])
print("schema big version 1.0.0\n")
for i in range(count):
    print(f"""/// Table number {i}.
table t{i:05d} {{
  id          serial
  code        varchar(40)
  name        varchar(200)?
  qty         int = 0
  price       decimal(10,2) = 0
  state       enum("new", "open", "done") = "new"
  body        text?
  meta        json?
  flag        bool = false
  created_at  datetime = now
  parent_id   ref(t{max(0, i - 1):05d})?
  unique (code)
  index (name, qty desc)
  index (created_at)
  check price_ok (price >= 0)
}}
""")

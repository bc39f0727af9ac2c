"""Validates JSON documents against a JSON Schema: validate_json.py SCHEMA DOCUMENT…

Prints a line for each mistake; exit code 1 when there is any, 2 when the schema itself is none."""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
validator_class = jsonschema.validators.validator_for(schema, default=None)
if validator_class is None:
    print("unknown $schema")
    sys.exit(2)
try:
    validator_class.check_schema(schema)
except jsonschema.SchemaError as error:
    print(error.message)
    sys.exit(2)
validator = validator_class(schema)
mistakes = 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    for error in validator.iter_errors(document):
        mistakes += 1
        place = "/".join(str(part) for part in error.absolute_path)
        print(f"{path}: {place}: {error.message}")
sys.exit(1 if mistakes else 0)

"""Uses a server with aerospike-py, which is built on the Rust client: python rust_core.py PORT"""

import sys

import aerospike_py as aerospike
from aerospike_py import exp, list_operations, map_operations, predicates

from users import SET, key, report, user

PATIENT = {"total_timeout": 30_000, "socket_timeout": 30_000}

client = aerospike.client(
    {
        "hosts": [("127.0.0.1", int(sys.argv[1]))],
        "policies": {name: PATIENT for name in ("read", "write", "batch", "scan", "query")},
    }
).connect()


def code_of(call, *arguments, **options):
    try:
        call(*arguments, **options)
    except aerospike.AerospikeError as error:
        return error.result_code
    return 0


def bins_of(name):
    return client.get(key(name)).bins


def names_of(results):
    return sorted(record.bins["name"] for record in results)


def records():
    for number in range(10):
        client.put(key(f"user-{number}"), user(number))
    changing = key("changing", set_name="changes")
    client.put(changing, {"age": 1, "name": "b"})
    client.increment(changing, "age", 5)
    client.append(changing, "name", "c")
    client.prepend(changing, "name", "a")
    changed = client.get(changing)
    client.touch(changing, 1000)
    expires = client.exists(changing).meta.ttl
    client.remove(changing)
    create_only = {"exists": aerospike.POLICY_EXISTS_CREATE_ONLY}
    same_generation = {"gen": aerospike.POLICY_GEN_EQ}
    return {
        "read": bins_of("user-3"),
        "selected": client.select(key("user-3"), ["name", "age"]).bins,
        "exists": [client.exists(key(name)).meta is not None for name in ("user-3", "nobody")],
        "missing": code_of(client.get, key("nobody")),
        "existing": code_of(client.put, key("user-3"), {"n": 1}, policy=create_only),
        "outdated": code_of(client.put, key("user-3"), {"n": 1}, {"gen": 7}, policy=same_generation),
        "changed": changed.bins,
        "generation": changed.meta.gen,
        "expires": 0 < expires <= 1000,
        "removed": code_of(client.get, changing),
        "removedAgain": code_of(client.remove, changing),
    }


def operations():
    operating = key("operating", set_name="changes")
    client.put(operating, {"n": 1, "list": [3, 1, 2], "map": {"a": 1}})

    def result(name, *ops):
        return client.operate(operating, list(ops)).bins.get(name)

    increment = {"op": aerospike.OPERATOR_INCR, "bin": "n", "val": 2}
    read = {"op": aerospike.OPERATOR_READ, "bin": "n", "val": None}
    value = aerospike.LIST_RETURN_VALUE
    return {
        "incremented": result("n", increment, read),
        "appended": result("list", list_operations.list_append("list", 0)),
        "smallest": result("list", list_operations.list_get_by_rank("list", 0, value)),
        "range": result("list", list_operations.list_get_range("list", 1, 2)),
        "put": result("map", map_operations.map_put("map", "b", 2)),
        "byKey": result("map", map_operations.map_get_by_key("map", "b", aerospike.MAP_RETURN_VALUE)),
        "removed": result("map", map_operations.map_remove_by_key("map", "a", aerospike.MAP_RETURN_VALUE)),
        "left": client.get(operating).bins,
    }


def batches():
    users = [key(f"user-{number}") for number in range(12)]
    found = client.batch_read(users).batch_records
    ages = client.batch_read(users[:3], ["age"]).batch_records
    increment = {"op": aerospike.OPERATOR_INCR, "bin": "visits", "val": 2}
    incremented = client.batch_operate(users[:4], [increment]).batch_records
    writes = [(key(name), {"name": name}) for name in ("user-0", "batch")]
    create_only = {"exists": aerospike.POLICY_EXISTS_CREATE_ONLY}
    written = client.batch_write(writes, policy=create_only).batch_records
    removed = client.batch_remove([key("batch"), key("nobody")]).batch_records
    return {
        "names": [row.record[2]["name"] if row.result == 0 else row.result for row in found],
        "selected": [row.record[2] for row in ages],
        "incremented": [row.result for row in incremented],
        "visits": [bins_of(f"user-{number}").get("visits") for number in range(5)],
        "created": [row.result for row in written],
        "removed": [row.result for row in removed],
    }


def query(predicate, policy=None):
    statement = client.query("test", SET)
    statement.where(predicate)
    return statement.results(policy)


def queries():
    client.index_integer_create("test", SET, "age", "by-age")
    client.index_string_create("test", SET, "group", "by-group")
    odd = predicates.equals("group", "odd")
    filtered = {"filter_expression": exp.gt(exp.int_bin("age"), exp.int_val(26))}
    answers = {
        "between": names_of(query(predicates.between("age", 23, 25))),
        "equalNumber": names_of(query(predicates.equals("age", 21))),
        "equalText": names_of(query(odd)),
        "nothing": names_of(query(predicates.between("age", 80, 90))),
        "filtered": names_of(query(odd, filtered)),
    }
    client.index_remove("test", "by-age")
    client.index_remove("test", "by-group")
    answers["withoutIndex"] = code_of(query, odd)
    return answers


def scan(namespace="test", set_name=SET, bins=(), policy=None):
    statement = client.query(namespace, set_name)
    if bins:
        statement.select(*bins)
    return statement.results(policy)


def scans():
    for number in range(500):
        client.put(key(number, set_name="numbers"), {"n": number})
    numbers = [record.bins["n"] for record in scan(set_name="numbers")]
    halves = [aerospike.partition_filter_by_range(begin, 2048) for begin in (0, 2048)]
    in_halves = [scan(policy={"partition_filter": half}) for half in halves]
    return {
        "names": names_of(scan()),
        "selected": sorted(list(record.bins) for record in scan(bins=["name"]))[0],
        "empty": len(scan(namespace="bar")),
        "halves": names_of(in_halves[0] + in_halves[1]),
        "sum": [len(numbers), sum(numbers)],
    }


def filtered_names(expression):
    return names_of(scan(policy={"filter_expression": expression}))


def expressions():
    age, group, name = exp.int_bin("age"), exp.string_bin("group"), exp.string_bin("name")

    def over(years):
        return exp.gt(age, exp.int_val(years))

    def is_group(text):
        return exp.eq(group, exp.string_val(text))

    def is_24(number):
        return exp.eq(number, exp.int_val(24))

    over_25 = {"filter_expression": over(25)}
    return {
        "passed": client.get(key("user-7"), policy=over_25).bins["name"],
        "filteredRead": code_of(client.get, key("user-1"), policy=over_25),
        "filteredWrite": code_of(client.put, key("user-1"), {"n": 1}, policy=over_25),
        "both": filtered_names(exp.and_(over(24), is_group("even"))),
        "either": filtered_names(exp.or_(exp.lt(age, exp.int_val(21)), exp.not_(exp.lt(age, exp.int_val(29))))),
        "arithmetic": filtered_names(exp.eq(exp.num_add(age, exp.int_val(1)), exp.int_val(25))),
        "regex": filtered_names(exp.regex_compare("^user-[12]$", 0, name)),
        "condition": filtered_names(exp.cond(is_group("odd"), over(26), exp.lt(age, exp.int_val(22)))),
        "variable": filtered_names(exp.let_(exp.def_("a", age), is_24(exp.var("a")))),
        "exists": filtered_names(exp.bin_exists("visits")),
    }


def functions():
    counter = key("counter", set_name="changes")
    client.put(counter, {"n": 40})
    return {
        "applied": client.apply(counter, "counters", "add", ["n", 2]),
        "stored": client.get(counter).bins,
        "unknown": code_of(client.apply, counter, "counters", "missing", []),
        "batch": [row.result for row in client.batch_apply([counter], "counters", "add", ["n", 1]).batch_records],
    }


def administration():
    client.put(key("one", set_name="temporary"), {"n": 1})
    client.truncate("test", "temporary")
    return {
        "nodes": len(client.get_node_names()),
        "edition": client.info_random_node("edition").split("\t")[-1].strip(),
        "truncated": len(scan(set_name="temporary")),
    }


report([records, operations, batches, queries, scans, expressions, functions, administration])
client.close()

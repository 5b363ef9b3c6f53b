"""Uses a server with the Python client of Aerospike, which is built on the C client: python c_core.py PORT"""

import sys

import aerospike
from aerospike import exception, predicates
from aerospike_helpers import expressions as exp
from aerospike_helpers.batch import records as batch
from aerospike_helpers.operations import expression_operations, list_operations, map_operations
from aerospike_helpers.operations import operations as op

from users import SET, key, report, user

TIMEOUTS = {"total_timeout": 30_000, "socket_timeout": 30_000}
POLICIES = ["read", "write", "operate", "remove", "batch", "scan", "query", "apply"]

client = aerospike.client(
    {
        "hosts": [("127.0.0.1", int(sys.argv[1]))],
        "policies": {name: TIMEOUTS for name in POLICIES},
    }
).connect()


def code_of(call, *arguments, **options):
    try:
        call(*arguments, **options)
    except exception.AerospikeError as error:
        return error.code
    return 0


def bins_of(name):
    return client.get(key(name))[2]


def names_of(results):
    return sorted(bins["name"] for _, _, bins in results)


def records():
    for number in range(10):
        client.put(key(f"user-{number}"), user(number))
    changing = key("changing", set_name="changes")
    client.put(changing, {"age": 1, "name": "b"})
    client.increment(changing, "age", 5)
    client.append(changing, "name", "c")
    client.prepend(changing, "name", "a")
    _, meta, changed = client.get(changing)
    client.touch(changing, 1000)
    expires = client.exists(changing)[1]["ttl"]
    client.remove(changing)
    create_only = {"exists": aerospike.POLICY_EXISTS_CREATE}
    same_generation = {"gen": aerospike.POLICY_GEN_EQ}
    return {
        "read": bins_of("user-3"),
        "selected": client.select(key("user-3"), ["name", "age"])[2],
        "exists": [client.exists(key(name))[1] is not None for name in ("user-3", "nobody")],
        "missing": code_of(client.get, key("nobody")),
        "existing": code_of(client.put, key("user-3"), {"n": 1}, policy=create_only),
        "outdated": code_of(client.put, key("user-3"), {"n": 1}, {"gen": 7}, policy=same_generation),
        "changed": changed,
        "generation": meta["gen"],
        "expires": 0 < expires <= 1000,
        "removed": code_of(client.get, changing),
        "removedAgain": code_of(client.remove, changing),
    }


def operations():
    operating = key("operating", set_name="changes")
    client.put(operating, {"n": 1, "list": [3, 1, 2], "map": {"a": 1}})

    def result(name, *ops):
        return client.operate(operating, list(ops))[2].get(name)

    value = aerospike.LIST_RETURN_VALUE
    return {
        "incremented": result("n", op.increment("n", 2), op.read("n")),
        "appended": result("list", list_operations.list_append("list", 0)),
        "smallest": result("list", list_operations.list_get_by_rank("list", 0, value)),
        "range": result("list", list_operations.list_get_range("list", 1, 2)),
        "put": result("map", map_operations.map_put("map", "b", 2)),
        "byKey": result("map", map_operations.map_get_by_key("map", "b", aerospike.MAP_RETURN_VALUE)),
        "removed": result("map", map_operations.map_remove_by_key("map", "a", aerospike.MAP_RETURN_VALUE)),
        "left": client.get(operating)[2],
    }


def batches():
    users = [key(f"user-{number}") for number in range(12)]
    found = client.batch_read(users).batch_records
    ages = client.batch_read(users[:3], ["age"]).batch_records
    incremented = client.batch_operate(users[:4], [op.increment("visits", 2)])
    writes = [
        batch.Write(key(name), [op.write("name", name)], policy={"exists": aerospike.POLICY_EXISTS_CREATE})
        for name in ("user-0", "batch")
    ]
    client.batch_write(batch.BatchRecords(writes))
    removed = client.batch_remove([key("batch"), key("nobody")]).batch_records
    return {
        "names": [row.record[2]["name"] if row.result == 0 else row.result for row in found],
        "selected": [row.record[2] for row in ages],
        "incremented": [row.result for row in incremented.batch_records],
        "visits": [bins_of(f"user-{number}").get("visits") for number in range(5)],
        "created": [row.result for row in writes],
        "removed": [row.result for row in removed],
    }


def query(predicate, policy=None):
    statement = client.query("test", SET)
    statement.where(predicate)
    return statement.results(policy or {})


def queries():
    client.index_single_value_create("test", SET, "age", aerospike.INDEX_NUMERIC, "by-age")
    client.index_single_value_create("test", SET, "group", aerospike.INDEX_STRING, "by-group")
    odd = predicates.equals("group", "odd")
    filtered = {"expressions": exp.GT(exp.IntBin("age"), 26).compile()}
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


def collectionIndexes():
    client.index_list_create("test", SET, "tags", aerospike.INDEX_STRING, "by-tag")
    client.index_map_values_create("test", SET, "address", aerospike.INDEX_STRING, "by-city")
    return {
        "list": names_of(query(predicates.contains("tags", aerospike.INDEX_TYPE_LIST, "t1"))),
        "mapValues": names_of(query(predicates.contains("address", aerospike.INDEX_TYPE_MAPVALUES, "Bern"))),
    }


def scan(namespace="test", set_name=SET, bins=(), policy=None):
    statement = client.scan(namespace, set_name)
    if bins:
        statement.select(*bins)
    return statement.results(policy or {})


def scans():
    for number in range(500):
        client.put(key(number, set_name="numbers"), {"n": number})
    numbers = [bins["n"] for _, _, bins in scan(set_name="numbers")]
    halves = [{"begin": begin, "count": 2048} for begin in (0, 2048)]
    in_halves = [scan(policy={"partition_filter": half}) for half in halves]
    return {
        "names": names_of(scan()),
        "selected": sorted(list(bins) for _, _, bins in scan(bins=["name"]))[0],
        "empty": len(scan(namespace="bar")),
        "halves": names_of(in_halves[0] + in_halves[1]),
        "sum": [len(numbers), sum(numbers)],
    }


def background():
    statement = client.query("test", SET)
    statement.add_ops([op.write("seen", 1)])
    job = statement.execute_background()
    while client.job_info(job, aerospike.JOB_QUERY)["status"] != aerospike.JOB_STATUS_COMPLETED:
        pass
    return {"seen": [bins_of(f"user-{number}")["seen"] for number in range(10)]}


def filtered_names(expression):
    return names_of(scan(policy={"expressions": expression.compile()}))


def expressions():
    age, group, name = exp.IntBin("age"), exp.StrBin("group"), exp.StrBin("name")
    over_25 = exp.GT(age, 25).compile()
    return {
        "passed": client.get(key("user-7"), policy={"expressions": over_25})[2]["name"],
        "filteredRead": code_of(client.get, key("user-1"), policy={"expressions": over_25}),
        "filteredWrite": code_of(client.put, key("user-1"), {"n": 1}, policy={"expressions": over_25}),
        "both": filtered_names(exp.And(exp.GE(age, 25), exp.Eq(group, "even"))),
        "either": filtered_names(exp.Or(exp.LT(age, 21), exp.Not(exp.LT(age, 29)))),
        "arithmetic": filtered_names(exp.Eq(exp.Add(age, 1), 25)),
        "regex": filtered_names(exp.CmpRegex(aerospike.REGEX_NONE, "^user-[12]$", name)),
        "condition": filtered_names(exp.Cond(exp.Eq(group, "odd"), exp.GT(age, 26), exp.LT(age, 22))),
        "variable": filtered_names(exp.Let(exp.Def("a", age), exp.Eq(exp.Var("a"), 24))),
        "exists": filtered_names(exp.BinExists("visits")),
    }


def collectionExpressions():
    city = exp.MapGetByKey(None, aerospike.MAP_RETURN_VALUE, exp.ResultType.STRING, "city", exp.MapBin("address"))
    tags = exp.ListGetByValue(None, aerospike.LIST_RETURN_COUNT, "t2", exp.ListBin("tags"))
    older = expression_operations.expression_read("older", exp.Add(exp.IntBin("age"), 1).compile())
    return {
        "map": filtered_names(exp.Eq(city, "Bern")),
        "list": filtered_names(exp.Eq(tags, 1)),
        "size": filtered_names(exp.Eq(exp.ListSize(None, exp.ListBin("tags")), 3)),
        "read": client.operate(key("user-4"), [older])[2]["older"],
    }


def functions():
    client.put(key("counter", set_name="changes"), {"n": 40})
    counter = key("counter", set_name="changes")
    return {
        "applied": client.apply(counter, "counters", "add", ["n", 2]),
        "stored": client.get(counter)[2],
        "unknown": code_of(client.apply, counter, "counters", "missing", []),
        "batch": [row.result for row in client.batch_apply([counter], "counters", "add", ["n", 1]).batch_records],
    }


def administration():
    client.put(key("one", set_name="temporary"), {"n": 1})
    client.truncate("test", "temporary", 0)
    return {
        "nodes": len(client.get_nodes()),
        "edition": client.info_random_node("edition").split("\t")[1].strip(),
        "truncated": len(scan(set_name="temporary")),
    }


report(
    [
        records,
        operations,
        batches,
        queries,
        collectionIndexes,
        scans,
        background,
        expressions,
        collectionExpressions,
        functions,
        administration,
    ]
)
client.close()

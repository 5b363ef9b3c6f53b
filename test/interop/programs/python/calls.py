"""Does the calls that standard input asks for with aerospike-py: in a line the number of the request, how often, and the
name of the call. Says when it is done. What they answer, and whether they fail, is for the metrics to tell:
python calls.py PORT NAME METRICS_PORT"""

import sys
from itertools import count

import aerospike_py as aerospike
from aerospike_py import exp, map_operations, predicates

from users import key

port, name, metrics_port = sys.argv[1:]

ONE = key("one")
TWO = key("two")
NOBODY = key("nobody")
TIMEOUTS = {"total_timeout": 30_000, "socket_timeout": 30_000}
IMPATIENT = {"total_timeout": 200, "max_retries": 0}
ONCE = {**TIMEOUTS, "max_retries": 0}
INCREMENT = {"op": aerospike.OPERATOR_INCR, "bin": "n", "val": 1}
READ = {"op": aerospike.OPERATOR_READ, "bin": "n", "val": None}
FILTERED = {"filter_expression": exp.gt(exp.int_bin("n"), exp.int_val(10**9))}
removed = count()
codes = count(1)


def connect():
    policies = {kind: TIMEOUTS for kind in ("read", "write", "batch", "query", "scan")}
    return aerospike.client({"hosts": [("127.0.0.1", int(port))], "policies": policies}).connect()


client = connect()
closed = connect()
closed.close()


def query(*predicate):
    statement = client.query("test", "users")
    for one in predicate:
        statement.where(one)
    return statement.results()


CALLS = {
    "put": lambda: client.put(ONE, {"n": 1, "s": "s"}),
    "put existing": lambda: client.put(ONE, {"n": 1}, policy={"exists": aerospike.POLICY_EXISTS_CREATE_ONLY}),
    "put outdated": lambda: client.put(ONE, {"n": 1}, {"gen": 999}, {"gen": aerospike.POLICY_GEN_EQ}),
    "get": lambda: client.get(ONE),
    "get missing": lambda: client.get(NOBODY),
    "get filtered": lambda: client.get(ONE, policy=FILTERED),
    "get late": lambda: client.get(key("late", set_name="late"), policy=IMPATIENT),
    "get faulty": lambda: client.get(key("faulty", set_name="faulty"), policy=ONCE),
    # A set of its own for each, by which it can be told what it was.
    "get code": lambda: client.get(key("one", set_name=f"code-{next(codes)}"), policy=ONCE),
    "get cut": lambda: client.get(key("cut", set_name="cut"), policy=ONCE),
    "get unknown namespace": lambda: client.get(key("one", namespace="unknown"), policy=ONCE),
    "select": lambda: client.select(ONE, ["n"]),
    "exists": lambda: client.exists(ONE),
    "exists missing": lambda: client.exists(NOBODY),
    "touch": lambda: client.touch(ONE),
    "append": lambda: client.append(ONE, "s", "x"),
    "append to a number": lambda: client.append(ONE, "n", "x"),
    "prepend": lambda: client.prepend(ONE, "s", "x"),
    "increment": lambda: client.increment(ONE, "n", 1),
    "operate": lambda: client.operate(ONE, [INCREMENT, READ]),
    "operate on a map": lambda: client.operate(ONE, [map_operations.map_put("m", "a", 1)]),
    "remove": lambda: client.remove(key(f"{name}-{next(removed)}")),
    "remove missing": lambda: client.remove(NOBODY),
    "remove bin": lambda: client.remove_bin(ONE, ["gone"]),
    "batch read": lambda: client.batch_read([ONE, TWO]),
    "batch read missing": lambda: client.batch_read([ONE, NOBODY]),
    "batch read two sets": lambda: client.batch_read([ONE, key("one", set_name="carts")]),
    "batch operate": lambda: client.batch_operate([ONE, TWO], [INCREMENT]),
    "batch remove": lambda: client.batch_remove([NOBODY, key("nobody else")]),
    "batch apply": lambda: client.batch_apply([ONE, TWO], "counters", "add", ["n", 1]),
    "query": lambda: query(predicates.between("n", 0, 10**9)),
    "query without index": lambda: query(predicates.between("unindexed", 0, 10**9)),
    "scan": lambda: query(),
    "apply": lambda: client.apply(ONE, "counters", "add", ["n", 1]),
    "info": lambda: client.info_random_node("build"),
    "truncate": lambda: client.truncate("test", "nothing"),
    "create index": lambda: client.index_integer_create("test", "users", "other", f"by-other-{name}"),
    "get closed": lambda: closed.get(ONE),
}

aerospike.start_metrics_server(port=int(metrics_port))
print("ready", flush=True)
for line in sys.stdin:
    request, times, call = line.strip().split(" ", 2)
    for _ in range(int(times)):
        try:
            CALLS[call]()
        except aerospike.AerospikeError:
            pass
    print(f"done {request}", flush=True)
client.close()

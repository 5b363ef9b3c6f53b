package main

import (
	as "github.com/aerospike/aerospike-client-go/v8"
	"github.com/aerospike/aerospike-client-go/v8/types"
)

func writePolicy(change func(*as.WritePolicy)) *as.WritePolicy {
	policy := *client.GetDefaultWritePolicy()
	change(&policy)
	return &policy
}

func records() answers {
	for number := range 10 {
		must(client.Put(nil, userKey(number), user(number)))
	}
	changing := keyOf("changes", "changing")
	must(client.Put(nil, changing, as.BinMap{"age": 1, "name": "b"}))
	must(client.Add(nil, changing, as.BinMap{"age": 5}))
	must(client.Append(nil, changing, as.BinMap{"name": "c"}))
	must(client.Prepend(nil, changing, as.BinMap{"name": "a"}))
	changed := check(client.Get(nil, changing))
	must(client.Touch(writePolicy(func(policy *as.WritePolicy) { policy.Expiration = 1000 }), changing))
	expires := check(client.GetHeader(nil, changing)).Expiration
	check(client.Delete(nil, changing))
	existing := client.Put(
		writePolicy(func(policy *as.WritePolicy) { policy.RecordExistsAction = as.CREATE_ONLY }),
		userKey(3),
		as.BinMap{"n": 1},
	)
	outdated := client.Put(
		writePolicy(func(policy *as.WritePolicy) {
			policy.GenerationPolicy = as.EXPECT_GEN_EQUAL
			policy.Generation = 7
		}),
		userKey(3),
		as.BinMap{"n": 1},
	)
	_, missing := client.Get(nil, keyOf(userSet, "nobody"))
	_, removed := client.Get(nil, changing)
	// The Go client makes no error of it.
	removedAgain := types.OK
	if !check(client.Delete(nil, changing)) {
		removedAgain = types.KEY_NOT_FOUND_ERROR
	}
	return answers{
		"read":     plain(binsOf(userKey(3))),
		"selected": check(client.Get(nil, userKey(3), "name", "age")).Bins,
		"exists": []bool{
			check(client.Exists(nil, userKey(3))),
			check(client.Exists(nil, keyOf(userSet, "nobody"))),
		},
		"missing":      codeOf(missing),
		"existing":     codeOf(existing),
		"outdated":     codeOf(outdated),
		"changed":      changed.Bins,
		"generation":   changed.Generation,
		"expires":      expires > 0 && expires <= 1000,
		"removed":      codeOf(removed),
		"removedAgain": removedAgain,
	}
}

func operations() answers {
	operating := keyOf("changes", "operating")
	must(client.Put(nil, operating, as.BinMap{
		"n":    1,
		"list": []int{3, 1, 2},
		"map":  map[string]int{"a": 1},
	}))
	result := func(operation *as.Operation, bin string) any {
		return check(client.Operate(nil, operating, operation)).Bins[bin]
	}
	incremented := check(client.Operate(nil, operating, as.AddOp(as.NewBin("n", 2)), as.GetBinOp("n")))
	return answers{
		"incremented": incremented.Bins["n"],
		"appended":    result(as.ListAppendOp("list", 0), "list"),
		"smallest":    result(as.ListGetByRankOp("list", 0, as.ListReturnTypeValue), "list"),
		"range":       result(as.ListGetRangeOp("list", 1, 2), "list"),
		"put":         result(as.MapPutOp(as.DefaultMapPolicy(), "map", "b", 2), "map"),
		"byKey":       result(as.MapGetByKeyOp("map", "b", as.MapReturnType.VALUE), "map"),
		"removed":     result(as.MapRemoveByKeyOp("map", "a", as.MapReturnType.VALUE), "map"),
		"left":        plain(binsOf(operating)),
	}
}

func functions() answers {
	counter := keyOf("changes", "counter")
	must(client.Put(nil, counter, as.BinMap{"n": 40}))
	applied := check(client.Execute(nil, counter, "counters", "add", as.NewValue("n"), as.NewValue(2)))
	stored := binsOf(counter)
	_, unknown := client.Execute(nil, counter, "counters", "missing")
	batch := check(client.BatchExecute(
		nil, nil, []*as.Key{counter}, "counters", "add", as.NewValue("n"), as.NewValue(1),
	))
	return answers{
		"applied": applied,
		"stored":  stored,
		"unknown": codeOf(unknown),
		"batch":   []types.ResultCode{batch[0].ResultCode},
	}
}

func administration() answers {
	must(client.PutBins(nil, keyOf("temporary", "one"), as.NewBin("n", 1)))
	must(client.Truncate(nil, namespace, "temporary", nil))
	info := check(client.GetNodes()[0].RequestInfo(as.NewInfoPolicy(), "edition"))
	return answers{
		"nodes":     len(client.GetNodes()),
		"edition":   info["edition"],
		"truncated": len(recordsOf(client.ScanAll(nil, namespace, "temporary"))),
	}
}

package main

import as "github.com/aerospike/aerospike-client-go/v8"

func filteredNames(expression *as.Expression) []string {
	policy := *client.GetDefaultScanPolicy()
	policy.FilterExpression = expression
	return namesOf(recordsOf(client.ScanAll(&policy, namespace, userSet)))
}

func expressions() answers {
	age, group, name := as.ExpIntBin("age"), as.ExpStringBin("group"), as.ExpStringBin("name")
	over := func(years int64) *as.Expression { return as.ExpGreater(age, as.ExpIntVal(years)) }
	isGroup := func(text string) *as.Expression { return as.ExpEq(group, as.ExpStringVal(text)) }
	read := *client.GetDefaultPolicy()
	read.FilterExpression = over(25)
	write := writePolicy(func(policy *as.WritePolicy) { policy.FilterExpression = over(25) })
	_, filteredRead := client.Get(&read, userKey(1))
	return answers{
		"passed":        check(client.Get(&read, userKey(7))).Bins["name"],
		"filteredRead":  codeOf(filteredRead),
		"filteredWrite": codeOf(client.Put(write, userKey(1), as.BinMap{"n": 1})),
		"both":          filteredNames(as.ExpAnd(over(24), isGroup("even"))),
		"either": filteredNames(as.ExpOr(
			as.ExpLess(age, as.ExpIntVal(21)),
			as.ExpNot(as.ExpLess(age, as.ExpIntVal(29))),
		)),
		"arithmetic": filteredNames(as.ExpEq(as.ExpNumAdd(age, as.ExpIntVal(1)), as.ExpIntVal(25))),
		"regex":      filteredNames(as.ExpRegexCompare("^user-[12]$", as.ExpRegexFlagNONE, name)),
		"condition": filteredNames(as.ExpCond(
			isGroup("odd"), over(26), as.ExpLess(age, as.ExpIntVal(22)),
		)),
		"variable": filteredNames(as.ExpLet(
			as.ExpDef("a", age), as.ExpEq(as.ExpVar("a"), as.ExpIntVal(24)),
		)),
		"exists": filteredNames(as.ExpBinExists("visits")),
	}
}

func collectionExpressions() answers {
	city := as.ExpMapGetByKey(
		as.MapReturnType.VALUE, as.ExpTypeSTRING, as.ExpStringVal("city"), as.ExpMapBin("address"),
	)
	tags := as.ExpListGetByValue(
		as.ListReturnTypeCount, as.ExpStringVal("t2"), as.ExpListBin("tags"),
	)
	size := as.ExpListSize(as.ExpListBin("tags"))
	older := as.ExpReadOp("older", as.ExpNumAdd(as.ExpIntBin("age"), as.ExpIntVal(1)), as.ExpReadFlagDefault)
	return answers{
		"map":  filteredNames(as.ExpEq(city, as.ExpStringVal("Bern"))),
		"list": filteredNames(as.ExpEq(tags, as.ExpIntVal(1))),
		"size": filteredNames(as.ExpEq(size, as.ExpIntVal(3))),
		"read": check(client.Operate(nil, userKey(4), older)).Bins["older"],
	}
}

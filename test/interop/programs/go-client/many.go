package main

import (
	as "github.com/aerospike/aerospike-client-go/v8"
	"github.com/aerospike/aerospike-client-go/v8/types"
)

func batches() answers {
	// The Go client has the same error for the batch as for its rows, which are looked at one by one.
	reads := make([]as.BatchRecordIfc, 12)
	for number, key := range userKeys(12) {
		reads[number] = as.NewBatchRead(nil, key, []string{"name"})
	}
	ignore(client.BatchOperate(nil, reads))
	names := []any{}
	for _, read := range reads {
		if row := read.BatchRec(); row.Record != nil {
			names = append(names, row.Record.Bins["name"])
		} else {
			names = append(names, row.ResultCode)
		}
	}
	selected := []as.BinMap{}
	for _, record := range check(client.BatchGet(nil, userKeys(3), "age")) {
		selected = append(selected, record.Bins)
	}
	increments := make([]as.BatchRecordIfc, 4)
	for number, key := range userKeys(4) {
		increments[number] = as.NewBatchWrite(nil, key, as.AddOp(as.NewBin("visits", 2)))
	}
	must(client.BatchOperate(nil, increments))
	visits := []any{}
	for _, key := range userKeys(5) {
		visits = append(visits, binsOf(key)["visits"])
	}
	createOnly := as.NewBatchWritePolicy()
	createOnly.RecordExistsAction = as.CREATE_ONLY
	creations := []as.BatchRecordIfc{}
	for _, name := range []string{"user-0", "batch"} {
		write := as.PutOp(as.NewBin("name", name))
		creations = append(creations, as.NewBatchWrite(createOnly, keyOf(userSet, name), write))
	}
	ignore(client.BatchOperate(nil, creations))
	removals := []as.BatchRecordIfc{
		as.NewBatchDelete(nil, keyOf(userSet, "batch")),
		as.NewBatchDelete(nil, keyOf(userSet, "nobody")),
	}
	ignore(client.BatchOperate(nil, removals))
	return answers{
		"names":       names,
		"selected":    selected,
		"incremented": codesOf(increments),
		"visits":      visits,
		"created":     codesOf(creations),
		"removed":     codesOf(removals),
	}
}

func ignore(as.Error) {}

func codesOf(rows []as.BatchRecordIfc) []types.ResultCode {
	codes := []types.ResultCode{}
	for _, row := range rows {
		codes = append(codes, row.BatchRec().ResultCode)
	}
	return codes
}

func query(filter *as.Filter, expression *as.Expression) (*as.Recordset, as.Error) {
	statement := as.NewStatement(namespace, userSet)
	must(statement.SetFilter(filter))
	policy := *client.GetDefaultQueryPolicy()
	policy.FilterExpression = expression
	return client.Query(&policy, statement)
}

func queried(filter *as.Filter, expression *as.Expression) []string {
	return namesOf(recordsOf(query(filter, expression)))
}

func awaitIndex(task *as.IndexTask, failure as.Error) {
	must(failure)
	must(<-task.OnComplete())
}

func queries() answers {
	awaitIndex(client.CreateIndex(nil, namespace, userSet, "by-age", "age", as.NUMERIC))
	awaitIndex(client.CreateIndex(nil, namespace, userSet, "by-group", "group", as.STRING))
	odd := as.NewEqualFilter("group", "odd")
	result := answers{
		"between":     queried(as.NewRangeFilter("age", 23, 25), nil),
		"equalNumber": queried(as.NewEqualFilter("age", 21), nil),
		"equalText":   queried(odd, nil),
		"nothing":     queried(as.NewRangeFilter("age", 80, 90), nil),
		"filtered":    queried(odd, as.ExpGreater(as.ExpIntBin("age"), as.ExpIntVal(26))),
	}
	must(client.DropIndex(nil, namespace, userSet, "by-age"))
	must(client.DropIndex(nil, namespace, userSet, "by-group"))
	for one := range check(query(odd, nil)).Results() {
		result["withoutIndex"] = codeOf(one.Err)
	}
	return result
}

func collectionIndexes() answers {
	awaitIndex(client.CreateComplexIndex(
		nil, namespace, userSet, "by-tag", "tags", as.STRING, as.ICT_LIST,
	))
	awaitIndex(client.CreateComplexIndex(
		nil, namespace, userSet, "by-city", "address", as.STRING, as.ICT_MAPVALUES,
	))
	return answers{
		"list":      queried(as.NewContainsFilter("tags", as.ICT_LIST, "t1"), nil),
		"mapValues": queried(as.NewContainsFilter("address", as.ICT_MAPVALUES, "Bern"), nil),
	}
}

func scans() answers {
	for number := range 500 {
		must(client.PutBins(nil, keyOf("numbers", number), as.NewBin("n", number)))
	}
	numbers := recordsOf(client.ScanAll(nil, namespace, "numbers"))
	sum := 0
	for _, record := range numbers {
		sum += record.Bins["n"].(int)
	}
	halves := []*as.Record{}
	for _, begin := range []int{0, 2048} {
		half := as.NewPartitionFilterByRange(begin, 2048)
		halves = append(halves, recordsOf(client.ScanPartitions(nil, half, namespace, userSet))...)
	}
	selected := []string{}
	for name := range recordsOf(client.ScanAll(nil, namespace, userSet, "name"))[0].Bins {
		selected = append(selected, name)
	}
	return answers{
		"names":    namesOf(recordsOf(client.ScanAll(nil, namespace, userSet))),
		"selected": selected,
		"empty":    len(recordsOf(client.ScanAll(nil, "bar", userSet))),
		"halves":   namesOf(halves),
		"sum":      []int{len(numbers), sum},
	}
}

func background() answers {
	task := check(client.QueryExecute(
		nil, nil, as.NewStatement(namespace, userSet), as.PutOp(as.NewBin("seen", 1)),
	))
	must(<-task.OnComplete())
	seen := []any{}
	for _, key := range userKeys(10) {
		seen = append(seen, binsOf(key)["seen"])
	}
	return answers{"seen": seen}
}

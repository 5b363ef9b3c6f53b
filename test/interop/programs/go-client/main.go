// Uses a server with the Go client of Aerospike: go run . PORT
//
// Prints an object in JSON: what each section answers, or the error that ended it.
package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"time"

	as "github.com/aerospike/aerospike-client-go/v8"
	"github.com/aerospike/aerospike-client-go/v8/types"
)

const (
	namespace = "test"
	userSet   = "users"
)

// The machine may be busy: nothing here waits for a timeout.
const patience = 30 * time.Second

var client *as.Client

type answers = map[string]any

func main() {
	port := check(strconv.Atoi(os.Args[1]))
	client = check(as.NewClient("127.0.0.1", port))
	defer client.Close()
	for _, policy := range []*as.BasePolicy{
		client.GetDefaultPolicy(),
		&client.GetDefaultWritePolicy().BasePolicy,
		&client.GetDefaultBatchPolicy().BasePolicy,
		&client.GetDefaultScanPolicy().BasePolicy,
		&client.GetDefaultQueryPolicy().BasePolicy,
	} {
		policy.TotalTimeout = patience
		policy.SocketTimeout = patience
	}
	report := answers{}
	for _, section := range []struct {
		name string
		run  func() answers
	}{
		{"records", records},
		{"operations", operations},
		{"batches", batches},
		{"queries", queries},
		{"collectionIndexes", collectionIndexes},
		{"scans", scans},
		{"background", background},
		{"expressions", expressions},
		{"collectionExpressions", collectionExpressions},
		{"functions", functions},
		{"administration", administration},
	} {
		report[section.name] = answersOf(section.run)
	}
	must(json.NewEncoder(os.Stdout).Encode(report))
}

func answersOf(section func() answers) (result any) {
	defer func() {
		if thrown := recover(); thrown != nil {
			result = fmt.Sprint(thrown)
		}
	}()
	return section()
}

func check[Value any, Failure error](value Value, failure Failure) Value {
	must(failure)
	return value
}

func must(failure error) {
	// The client's errors are an interface of its own, of which nil is not nil here.
	if failure != nil && fmt.Sprint(failure) != "<nil>" {
		panic(failure)
	}
}

// The client wraps the server's error in one of its own when it has tried again: the innermost counts.
func codeOf(failure error) int {
	code := types.OK
	for one := (*as.AerospikeError)(nil); errors.As(failure, &one); failure = errors.Unwrap(one) {
		code = one.ResultCode
	}
	return int(code)
}

func user(number int) as.BinMap {
	group, city := "even", "Rome"
	if number%2 == 1 {
		group, city = "odd", "Bern"
	}
	return as.BinMap{
		"name":    fmt.Sprintf("user-%d", number),
		"age":     20 + number,
		"group":   group,
		"score":   float64(number) + 0.5,
		"active":  number%3 == 0,
		"photo":   []byte{byte(number), 255},
		"tags":    []string{fmt.Sprintf("t%d", number%3), "all"},
		"address": map[string]any{"city": city, "zip": 1000 + number},
	}
}

func keyOf(set string, name any) *as.Key {
	return check(as.NewKey(namespace, set, name))
}

func userKey(number int) *as.Key {
	return keyOf(userSet, fmt.Sprintf("user-%d", number))
}

func userKeys(count int) []*as.Key {
	keys := make([]*as.Key, count)
	for number := range keys {
		keys[number] = userKey(number)
	}
	return keys
}

func binsOf(key *as.Key) as.BinMap {
	return check(client.Get(nil, key)).Bins
}

// JSON has no bytes, and its objects have names that are text.
func plain(value any) any {
	switch one := value.(type) {
	case []byte:
		return hex.EncodeToString(one)
	case as.BinMap:
		return plain(map[string]any(one))
	case map[string]any:
		result := map[string]any{}
		for name, inner := range one {
			result[name] = plain(inner)
		}
		return result
	case map[any]any:
		result := map[string]any{}
		for name, inner := range one {
			result[fmt.Sprint(name)] = plain(inner)
		}
		return result
	}
	return value
}

func recordsOf(set *as.Recordset, failure as.Error) []*as.Record {
	all := []*as.Record{}
	for result := range check(set, failure).Results() {
		all = append(all, check(result.Record, result.Err))
	}
	return all
}

func namesOf(records []*as.Record) []string {
	names := []string{}
	for _, record := range records {
		names = append(names, record.Bins["name"].(string))
	}
	sort.Strings(names)
	return names
}

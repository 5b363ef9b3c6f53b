// Reads manifests as the API server and the Prometheus Operator do, and refuses fields that they do not know:
// kubernetes FILE…
package main

import (
	"fmt"
	"os"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// The kinds by the version that they are of.
var kinds = map[string]func() any{
	"apps/v1 Deployment":                      func() any { return &apps.Deployment{} },
	"v1 ConfigMap":                            func() any { return &core.ConfigMap{} },
	"networking.k8s.io/v1 NetworkPolicy":      func() any { return &networking.NetworkPolicy{} },
	"monitoring.coreos.com/v1 PodMonitor":     func() any { return &monitoring.PodMonitor{} },
	"monitoring.coreos.com/v1 PrometheusRule": func() any { return &monitoring.PrometheusRule{} },
}

func check(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var kind meta.TypeMeta
	if err := yaml.Unmarshal(text, &kind); err != nil {
		return err
	}
	create, isKnown := kinds[kind.APIVersion+" "+kind.Kind]
	if !isKnown {
		return fmt.Errorf("no kind that is known: %s %s", kind.APIVersion, kind.Kind)
	}
	return yaml.UnmarshalStrict(text, create())
}

func main() {
	hasFailed := false
	for _, file := range os.Args[1:] {
		if err := check(file); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			hasFailed = true
		}
	}
	if hasFailed {
		os.Exit(1)
	}
}

// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// scenario is a configuration to measure.
type scenario struct {
	name string
	// gitHosts is the number of GitOps configurations, the first ones of stage.Resources.
	gitHosts int
	// others returns the resources of Devtron alone; nil: none.
	others func(*sandbox.Sandbox) []stage.Objects
	// imports creates objects in Devtron, and returns HCL that imports them; nil: the apply creates
	// all objects.
	imports func(*sandbox.Sandbox) string
	// target is how long an unchanged plan may take, as a multiple of the floor, and tripsTarget
	// how many round trips it may wait for; 0: no target.
	target      float64
	tripsTarget int
}

var scenarios = []scenario{
	{name: "1 configuration", gitHosts: 1, target: 1.07},
	{name: "4 configurations", gitHosts: 4, target: 1.12},
	{name: "bootstrap", gitHosts: 1, others: stage.Bootstrap, target: 1.20, tripsTarget: 1},
}

// environments is a scenario with n environments of one cluster. They are imported, because
// creating them one after another would take longer than everything else.
func environments(n int) scenario {
	return scenario{
		name: plural(n, "environment"),
		others: func(*sandbox.Sandbox) []stage.Objects {
			return []stage.Objects{{Type: "devtron_environment", Count: n, Arguments: map[string]string{
				"name": `"environment-${count.index}"`, "cluster_id": "1", "namespace": `"namespace-${count.index}"`,
			}}}
		},
		imports: func(box *sandbox.Sandbox) string {
			for i := range n {
				namespace := fmt.Sprint("namespace-", i)
				box.Devtron.Environments.Put(sandbox.Environment{
					Name: fmt.Sprint("environment-", i), ClusterID: 1, Namespace: namespace, Identifier: "default_cluster__" + namespace, Active: true,
				})
			}
			return fmt.Sprintf("\nimport {\n  for_each = { for i in range(%d) : \"environment-${i}\" => i }\n  to = devtron_environment.this[each.value]\n  id = each.key\n}\n", n)
		},
	}
}

// stand is a scenario that is ready to be measured: its objects exist, and each contestant has a
// folder in which as many resources are applied.
type stand struct {
	scenario
	box *sandbox.Sandbox
	env map[string]string
	// folders are those of each contestant, one for each layout.
	folders [contestants][]*cli.Folder
}

// open starts the sandbox of a scenario. Its servers use TLS, as those of users do.
func (b *bench) open(s scenario) (*stand, error) {
	box, err := sandbox.Start(sandbox.Options{TLS: true})
	if err != nil {
		return nil, err
	}
	b.boxes = append(b.boxes, box)
	env, err := stage.Environment(box, b.dir)
	return &stand{scenario: s, box: box, env: env}, err
}

// stand returns a scenario that is ready to be measured.
func (b *bench) stand(ctx context.Context, s scenario) (*stand, error) {
	if ready := b.stands[s.name]; ready != nil {
		return ready, nil
	}
	ready, err := b.open(s)
	if err != nil {
		return nil, err
	}
	n := ready.instances()
	for i, configuration := range [contestants]string{ready.configuration(), nothings(n), nothings(n)} {
		imports := ""
		if i == provider && s.imports != nil {
			imports = s.imports(ready.box)
		}
		f, err := b.contestants[i].folder(ctx, ready.env, configuration+imports)
		if err != nil {
			return nil, err
		}
		if err := failed("apply", f.Apply(ctx)); err != nil {
			return nil, err
		}
		if err := configure(f.Dir, configuration); err != nil {
			return nil, err
		}
		ready.folders[i] = []*cli.Folder{f}
		for _, tool := range b.contestants[i].layouts[1:] {
			copied, err := b.contestants[i].copyOf(ctx, tool, f, ready.env)
			if err != nil {
				return nil, err
			}
			ready.folders[i] = append(ready.folders[i], copied)
		}
	}
	b.stands[s.name] = ready
	return ready, nil
}

// gitops returns the GitOps configurations.
func (s *stand) gitops() []stage.Resource { return stage.Resources(s.box)[:s.gitHosts] }

// objects returns the resources of Devtron alone.
func (s *stand) objects() []stage.Objects {
	if s.others == nil {
		return nil
	}
	return s.others(s.box)
}

// configuration returns the configuration of the provider.
func (s *stand) configuration() string {
	return stage.Configuration("", s.gitops()...) + stage.Blocks(s.objects())
}

// instances counts the resource instances.
func (s *stand) instances() int {
	n := s.gitHosts
	for _, o := range s.objects() {
		n += o.Count
	}
	return n
}

// lists counts the types of resources, each of which needs one list of Devtron in a refresh.
func (s *stand) lists() int { return len(s.objects()) + min(s.gitHosts, 1) }

// plans returns functions that run an unchanged plan of each contestant, and the CPU times in
// seconds that they add to. Every arrangement of one contestant meets those of the others.
func (s *stand) plans(ctx context.Context) (plans [contestants]func(turn int) error, cpu *[contestants]sample) {
	cpu = &[contestants]sample{}
	for i, folders := range s.folders {
		plans[i] = func(turn int) error {
			seconds, err := planUnchanged(ctx, folders[(turn+i*(turn/len(folders)))%len(folders)])
			cpu[i] = append(cpu[i], seconds)
			return err
		}
	}
	return plans, cpu
}

// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// level is what a setup has of an object.
type level int

const (
	absent level = iota
	present
	changed // with other arguments than present
)

// object is a resource of the platform around GitOps.
type object struct {
	name string // of the resource type, without its prefix
	// needs is the name of an object that it refers to, if any.
	needs string
	// remains says that Devtron keeps the object after a destroy, and upserts that every write is a POST.
	remains, upserts bool
	// posted says that an update is a POST.
	posted bool
	// arguments returns the arguments as HCL, with secrets as variables.
	arguments func(*sandbox.Sandbox, level) string
	// secret returns the value of the variable of the object; nil for none.
	secret func(*worker, level) string
	// key is what an import finds the object by.
	key func(level) string
	// rows returns what Devtron has of the object, under any of its keys.
	rows func(*sandbox.Sandbox) []row
}

// row is an object as Devtron has it.
type row struct {
	id     string // as in the state; "" where the resource has none
	level  level
	secret string
}

const most = 8 // objects

// platform is the levels of all objects.
type platform [most]level

// objects are in the order of their dependencies.
var objects = []object{
	{
		name: "host_url", remains: true, upserts: true,
		arguments: func(_ *sandbox.Sandbox, l level) string { return fmt.Sprintf("url = %q", hostURL(l)) },
		key:       func(level) string { return "host_url" },
		rows: func(box *sandbox.Sandbox) []row {
			value, ok := box.Devtron.Attributes.Value("url")
			if !ok {
				return nil
			}
			return []row{{level: levelOf(value == hostURL(changed))}}
		},
	},
	{
		name:      "project", // another name replaces it
		arguments: func(_ *sandbox.Sandbox, l level) string { return fmt.Sprintf("name = %q", projectName(l)) },
		key:       projectName,
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, l := range []level{present, changed} {
				for _, r := range box.Devtron.Projects.Named(projectName(l)) {
					rows = append(rows, row{id: fmt.Sprint(r.ID), level: l})
				}
			}
			return rows
		},
	},
	{
		name: "cluster",
		arguments: func(box *sandbox.Sandbox, l level) string {
			return fmt.Sprintf("name = \"faults\"\n  server_url = %q\n  bearer_token = var.cluster\n  tls = { ca_certificate = %q }\n  production = %t",
				box.Cluster.URL(), box.Cluster.CACertificate, l == changed)
		},
		secret: func(w *worker, l level) string {
			if l == changed {
				return w.otherClusterToken
			}
			return w.box.Cluster.Token()
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.Clusters.Named("faults") {
				rows = append(rows, row{id: fmt.Sprint(r.ID), level: levelOf(r.Production), secret: r.Config.BearerToken})
			}
			return rows
		},
	},
	{
		name: "environment", needs: "cluster",
		arguments: func(_ *sandbox.Sandbox, l level) string {
			return fmt.Sprintf("name = \"faults\"\n  cluster_id = devtron_cluster.this.id\n  namespace = \"faults\"\n  production = %t", l == changed)
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.Environments.Named("faults") {
				rows = append(rows, row{id: fmt.Sprint(r.ID), level: levelOf(r.Production)})
			}
			return rows
		},
	},
	{
		name: "container_registry",
		arguments: func(_ *sandbox.Sandbox, l level) string {
			username := map[level]string{present: "bob", changed: "alice"}[l]
			return fmt.Sprintf("name = \"faults\"\n  type = \"other\"\n  url = \"registry.example.com\"\n  username = %q\n  password = var.container_registry\n  registry_check = \"off\"", username)
		},
		secret: func(_ *worker, l level) string {
			return map[level]string{present: registryPassword, changed: otherRegistryPassword}[l]
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.Registries.Rows() {
				if r.Name == "faults" {
					rows = append(rows, row{id: r.Name, level: levelOf(r.Username == "alice"), secret: r.Password})
				}
			}
			return rows
		},
	},
	{
		name: "chart_repository", posted: true,
		arguments: func(box *sandbox.Sandbox, l level) string {
			url := box.Charts.PrivateURL()
			if l == changed { // another password, which this path accepts
				url = box.Charts.URL() + otherChartsPath
			}
			return fmt.Sprintf("name = \"faults\"\n  url = %q\n  username = %q\n  password = var.chart_repository\n  active = %t", url, sandbox.ChartsUsername, l != changed)
		},
		secret: func(w *worker, l level) string {
			if l == changed {
				return otherChartsPassword
			}
			return w.box.Charts.Password()
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.ChartRepositories.Named("faults") {
				rows = append(rows, row{id: fmt.Sprint(r.ID), level: levelOf(!r.Active), secret: r.Password})
			}
			return rows
		},
	},
}

// Passwords of a container registry.
const (
	registryPassword      = "registry-passw0rd"
	otherRegistryPassword = "other-registry-passw0rd"
)

// A chart repository with another password.
const (
	otherChartsPath     = "/other"
	otherChartsPassword = "other-charts-passw0rd"
)

func hostURL(l level) string {
	return map[level]string{present: "https://devtron.example.com", changed: "https://deploy.example.com"}[l]
}

func projectName(l level) string { return map[level]string{present: "faults", changed: "faults-2"}[l] }

func levelOf(isChanged bool) level {
	if isChanged {
		return changed
	}
	return present
}

func (o object) address() string { return "devtron_" + o.name + ".this" }

// moved is the address of the object after a move.
func (o object) moved() string { return "devtron_" + o.name + ".moved" }

// rename gives the resource of an object in a configuration its address after a move.
func (o object) rename(text string) string {
	text = strings.ReplaceAll(text, o.address(), o.moved())
	return strings.ReplaceAll(text, fmt.Sprintf("\"devtron_%s\" \"this\"", o.name), fmt.Sprintf("\"devtron_%s\" \"moved\"", o.name))
}

// completed returns the platform with all objects that others refer to.
func (p platform) completed() platform {
	for i, o := range objects {
		for j := range objects {
			if objects[j].name == o.needs && p[i] > absent {
				p[j] = max(p[j], present)
			}
		}
	}
	return p
}

// methods returns the methods with which Devtron is written to on the way to another platform.
func (p platform) methods(to platform) (list []string) {
	for i, o := range objects {
		switch {
		case p[i] == to[i]:
		case p[i] == absent, o.upserts:
			list = append(list, "POST")
		case to[i] == absent:
			list = append(list, "DELETE")
		case o.name == "project":
			list = append(list, "DELETE", "POST")
		case o.posted:
			list = append(list, "POST")
		default:
			list = append(list, "PUT")
		}
	}
	return list
}

func (p platform) String() string {
	var words []string
	for i, o := range objects {
		if p[i] > absent {
			words = append(words, o.name+strings.Repeat("+", int(p[i]-present)))
		}
	}
	return strings.Join(words, " ")
}

// platformConfiguration returns the resources as HCL, and the values of their variables.
func (w *worker) platformConfiguration(of setup) (text, values string) {
	p := of.platform
	for i, o := range objects {
		if p[i] == absent {
			continue
		}
		text += fmt.Sprintf("\nresource \"devtron_%s\" \"this\" {\n  %s\n  timeouts = %s\n}\n", o.name, o.arguments(w.box, p[i]), timeouts)
		if o.secret != nil {
			text += fmt.Sprintf("\nvariable %q {\n  sensitive = true\n}\n", o.name)
			values += fmt.Sprintf("%s = %q\n", o.name, o.secret(w, p[i]))
		}
	}
	if of.onPlatform() && of.renamed {
		text = objects[of.target].rename(text)
	}
	return text, values
}

// difference returns a difference between the wanted objects and Devtron or the state.
func (p platform) difference(w *worker, ids map[string]string) string {
	for i, o := range objects {
		rows := o.rows(w.box)
		id, managed := ids[o.name]
		switch {
		case p[i] == absent && managed:
			return o.name + " is still in the state"
		case p[i] == absent && len(rows) > 0 && !o.remains:
			return "Devtron still has the " + o.name
		case p[i] == absent:
		case len(rows) != 1:
			return fmt.Sprintf("Devtron has %d of %s", len(rows), o.name)
		case id != rows[0].id:
			return fmt.Sprintf("%s: the ID is %q in the state and %q in Devtron", o.name, id, rows[0].id)
		case rows[0].level != p[i]:
			return o.name + ": Devtron has other arguments"
		case o.secret != nil && rows[0].secret != o.secret(w, p[i]):
			return o.name + ": Devtron has another secret"
		}
	}
	return ""
}

// duplicatedObject reports whether Devtron has an object twice.
func (w *worker) duplicatedObject() bool {
	for _, o := range objects {
		keys := map[string]bool{}
		for _, r := range o.rows(w.box) {
			if keys[o.key(r.level)] {
				return true
			}
			keys[o.key(r.level)] = true
		}
	}
	return false
}

// lostObject returns an object that is missing in the state after a run, although Devtron still has it.
func (w *worker) lostObject(before, after map[string]string) string {
	for _, o := range objects {
		id, known := before[o.name]
		if _, kept := after[o.name]; kept || !known || o.remains {
			continue
		}
		for _, r := range o.rows(w.box) {
			if r.id == id {
				return o.name
			}
		}
	}
	return ""
}

// importObjects imports the wanted objects that Devtron has and the state has not.
func (w *worker) importObjects(ctx context.Context, wanted setup) (imported int, err error) {
	ids, err := w.state()
	if err != nil {
		return 0, err
	}
	for i, o := range objects {
		if _, managed := ids[o.name]; managed || wanted.platform[i] == absent || len(o.rows(w.box)) == 0 {
			continue
		}
		address := o.address()
		if wanted.renamed && wanted.target == i {
			address = o.moved()
		}
		if done := w.folder.Import(ctx, address, o.key(wanted.platform[i])); done.Err != nil {
			return imported, failure("the import failed", done.Output)
		}
		imported++
	}
	return imported, nil
}

// destroyObjects returns what is wrong after a destroy without faults.
func (w *worker) destroyObjects(ctx context.Context) string {
	if destroyed := w.folder.Destroy(ctx); destroyed.Err != nil {
		return failure("the destroy at the end failed", destroyed.Output).Error()
	}
	ids, err := w.state()
	if err != nil {
		return err.Error()
	}
	return platform{}.difference(w, ids)
}

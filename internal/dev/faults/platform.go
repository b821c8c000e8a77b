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
	// remains says that Devtron keeps the object after a destroy, and posted that an update is a
	// POST.
	remains, posted bool
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
		case p[i] == absent:
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

// lostObject returns an object that is missing in the state after a run, although Devtron still has
// it.
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

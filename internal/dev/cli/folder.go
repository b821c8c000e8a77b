// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"
)

// Folder is a folder with a configuration, in which commands run.
type Folder struct {
	Dir string
	CLI string // the path of the CLI, to start a command without this package

	cli            *CLI
	tf             *tfexec.Terraform
	served         tfexec.ReattachInfo // see Serve
	stdout, stderr bytes.Buffer
	env            map[string]string
}

// Run is the result of a command.
type Run struct {
	// Output is standard output followed by standard error. The order in which the CLI wrote to the
	// two is lost.
	Output string
	// Changes reports whether a plan has changes.
	Changes bool
	// Err is not nil when the command failed. Output contains the reason.
	Err error
}

// Folder returns a folder whose commands see env and the environment of this process, without the
// variables that change what a CLI or the provider does.
func (c *CLI) Folder(ctx context.Context, dir string, env map[string]string) (*Folder, error) {
	tf, err := tfexec.NewTerraform(dir, c.Path)
	if err != nil {
		return nil, err
	}
	f := &Folder{Dir: dir, CLI: c.Path, cli: c, tf: tf, env: map[string]string{}}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "DEVTRON_") {
			f.env[name] = value
		}
	}
	f.env["CHECKPOINT_DISABLE"] = "1"
	f.env["TF_CLI_CONFIG_FILE"] = c.config
	for name, value := range env {
		f.env[name] = value
	}
	if err := tf.SetEnv(f.env); err != nil {
		return nil, err
	}
	// terraform-exec asks for the version once. Its output must not become part of the first
	// command's.
	if _, _, err := tf.Version(ctx, false); err != nil {
		return nil, err
	}
	tf.SetStdout(&f.stdout)
	tf.SetStderr(&f.stderr)
	return f, nil
}

// Env is the environment of the commands, to start one without this package.
func (f *Folder) Env() []string {
	env := make([]string, 0, len(f.env))
	for name, value := range f.env {
		env = append(env, name+"="+value)
	}
	return env
}

// Init runs "init".
func (f *Folder) Init(ctx context.Context) Run {
	return f.run(func() (bool, error) { return false, f.tf.Init(ctx) })
}

// Validate runs "validate".
func (f *Folder) Validate(ctx context.Context) Run {
	return f.run(func() (bool, error) {
		result, err := f.tf.Validate(ctx)
		if err == nil && !result.Valid {
			err = errors.New("the configuration is not valid")
		}
		return false, err
	})
}

// Plan runs "plan".
func (f *Folder) Plan(ctx context.Context, options ...tfexec.PlanOption) Run {
	return f.run(func() (bool, error) { return f.tf.Plan(ctx, attached(f, options)...) })
}

// Apply runs "apply -auto-approve".
func (f *Folder) Apply(ctx context.Context, options ...tfexec.ApplyOption) Run {
	return f.run(func() (bool, error) { return false, f.tf.Apply(ctx, attached(f, options)...) })
}

// Destroy runs "destroy -auto-approve".
func (f *Folder) Destroy(ctx context.Context, options ...tfexec.DestroyOption) Run {
	return f.run(func() (bool, error) { return false, f.tf.Destroy(ctx, attached(f, options)...) })
}

// Import runs "import ADDRESS ID".
func (f *Folder) Import(ctx context.Context, address, id string) Run {
	return f.run(func() (bool, error) {
		return false, f.tf.Import(ctx, address, id, attached[tfexec.ImportOption](f, nil)...)
	})
}

// Taint runs "taint ADDRESS".
func (f *Folder) Taint(ctx context.Context, address string) Run {
	return f.run(func() (bool, error) { return false, f.tf.Taint(ctx, address) })
}

// Schemas runs "providers schema -json".
func (f *Folder) Schemas(ctx context.Context) (*tfjson.ProviderSchemas, error) {
	return f.tf.ProvidersSchema(ctx)
}

func (f *Folder) run(command func() (bool, error)) Run {
	f.stdout.Reset()
	f.stderr.Reset()
	changes, err := command()
	return Run{Output: f.stdout.String() + f.stderr.String(), Changes: changes, Err: err}
}

// attached adds the process of Serve to the options of a command.
func attached[O any](f *Folder, options []O) []O {
	if f.served == nil {
		return options
	}
	if option, ok := any(tfexec.Reattach(f.served)).(O); ok {
		options = append(options, option)
	}
	return options
}

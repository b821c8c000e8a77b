// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// importBlock returns an import block to paste.
func importBlock(gitProvider string) string {
	name := strings.ToLower(gitProvider)
	return "import {\n  to = devtron_gitops_config." + name + "\n  id = \"" + gitProvider + "\"\n}"
}

// describeConfig names a configuration. It has no id where it is not stored.
func describeConfig(config devtron.Config) string {
	where := config.Host
	for _, field := range ownerFields {
		if owner := *field.inAPI(&config); owner != "" && field.gitProvider == config.Provider {
			where += ", " + field.attribute + " " + owner
		}
	}
	if config.ID != 0 {
		where = fmt.Sprintf("id %d: %s", config.ID, where)
	}
	article := "a"
	if config.Provider == azureDevOps {
		article = "an"
	}
	return article + " " + config.Provider + " configuration (" + where + ")"
}

// describeOverwrite lists the values that a write changes.
func describeOverwrite(differences []configs.Difference) string {
	if len(differences) == 0 {
		return ""
	}
	return "\n\nWhat changes:" + differenceList(differences, "%s: %v -> %v")
}

// describeDifferences lists the values in which a configuration differs from the plan.
func describeDifferences(differences []configs.Difference) string {
	if len(differences) == 0 {
		return ""
	}
	return "\n\nIt differs in:" + differenceList(differences, "%s: Devtron has %v, this resource says %v")
}

func differenceList(differences []configs.Difference, format string) string {
	quote := func(value any) any {
		if s, ok := value.(string); ok {
			return fmt.Sprintf("%q", s)
		}
		return value
	}
	var b strings.Builder
	for _, d := range differences {
		b.WriteString("\n  " + fmt.Sprintf(format, attributeOf(d.Field), quote(d.Old), quote(d.New)))
	}
	return b.String()
}

// describeStored lists the existing configurations, for a user who named another one.
func describeStored(stored []devtron.Config) string {
	if len(stored) == 0 {
		return " Devtron has no GitOps configuration at all."
	}
	var b strings.Builder
	b.WriteString("\n\nDevtron has:")
	for _, config := range stored {
		state := "inactive"
		if config.Active {
			state = "active"
		}
		b.WriteString("\n  " + describeConfig(config) + ", " + state)
	}
	return b.String()
}

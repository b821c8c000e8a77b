// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
)

// sizeTarget is in millions of bytes.
const sizeTarget = 20.0

// measureSize looks at the binaries as a release has them: without symbols and debug information.
func measureSize(_ context.Context, b *bench) error {
	real, err := megabytes(b.real.tool.Provider)
	if err != nil {
		return err
	}
	floor, err := megabytes(b.floor.tool.Provider)
	if err != nil {
		return err
	}
	b.table.add(line{
		what: "stripped binary", real: fmt.Sprintf("%.2f MB", real), floor: fmt.Sprintf("%.2f MB", floor), ratio: fmt.Sprintf("%.2f", real/floor),
		target: fmt.Sprintf("%.0f MB", sizeTarget), met: met(real <= sizeTarget),
	})
	return nil
}

func megabytes(file string) (float64, error) {
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()) / 1e6, nil
}

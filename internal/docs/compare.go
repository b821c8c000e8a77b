// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// compare names, sorted, the files that differ between two folders, are
// missing in the first, or stand there although the second does not have them.
func compare(have, want string) ([]string, error) {
	old, err := readAll(have)
	if err != nil {
		return nil, err
	}
	fresh, err := readAll(want)
	if err != nil {
		return nil, err
	}
	var differences []string
	for name, text := range fresh {
		switch was, ok := old[name]; {
		case !ok:
			differences = append(differences, name+": missing")
		case !bytes.Equal(was, text):
			differences = append(differences, name+": outdated")
		}
	}
	for name := range old {
		if _, ok := fresh[name]; !ok {
			differences = append(differences, name+": nothing generates it any more")
		}
	}
	slices.Sort(differences)
	return differences, nil
}

// readAll reads every file below root, by its path relative to it. A folder
// that does not exist has no files.
func readAll(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	if _, err := os.Stat(root); os.IsNotExist(err) {
		return files, nil
	}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)] = text
		return nil
	})
	return files, err
}

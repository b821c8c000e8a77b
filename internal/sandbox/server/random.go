// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"crypto/rand"
	"math/big"
)

// RandomText returns an unguessable text that looks like a token: the prefix and n letters and
// digits.
func RandomText(prefix string, n int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	text := []byte(prefix)
	for range n {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // the operating system has no randomness: nothing else would work either
		}
		text = append(text, letters[i.Int64()])
	}
	return string(text)
}

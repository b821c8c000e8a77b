// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"crypto/rand"
	"math/big"
)

// RandomText returns a random text that looks like a token: the prefix followed by n letters and
// digits.
func RandomText(prefix string, n int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	text := []byte(prefix)
	for range n {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // crypto/rand fails only if the operating system has no random source
		}
		text = append(text, letters[i.Int64()])
	}
	return string(text)
}

// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"context"
	"net"
	"os"
	"syscall"
)

// DialLoopback connects to loopback addresses. For all other addresses, it returns the errors of a
// machine without a network, so that a sandbox never sends a secret anywhere else.
func DialLoopback(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ip := net.ParseIP(host)
	switch {
	case host == "localhost" || ip.IsLoopback():
		var d net.Dialer
		return d.DialContext(ctx, network, address)
	case ip != nil:
		addr, _ := net.ResolveTCPAddr(network, address)
		return nil, &net.OpError{Op: "dial", Net: network, Addr: addr, Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}
	default:
		return nil, &net.OpError{Op: "dial", Net: network, Err: NoSuchHost(host)}
	}
}

// NoSuchHost returns the error of a DNS lookup for an unknown name.
func NoSuchHost(name string) error {
	return &net.DNSError{Err: "no such host", Name: name, Server: "127.0.0.53:53", IsNotFound: true}
}

// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

const startTarget = 1.10 // times the floor

// measureStart times a provider from the start of its process to its schema, which a CLI asks for before anything else.
func measureStart(ctx context.Context, b *bench) error {
	durations, err := turns(b.times(61, 3),
		func() error { return serveSchema(ctx, b.floor.tool.Provider) },
		func() error { return serveSchema(ctx, b.real.tool.Provider) },
	)
	if err != nil {
		return err
	}
	ratio := ratios(durations[1], durations[0])
	b.table.add(line{
		what: "process start to served schema", real: milliseconds(durations[1]), floor: milliseconds(durations[0]),
		ratio: fmt.Sprintf("%.3f (%s)", ratio.median(), ratio.spread()), target: fmt.Sprintf("%.2f", startTarget), met: met(ratio.median() <= startTarget),
	})
	return nil
}

// serveSchema starts a provider, shakes hands as a CLI does, asks for the schema, and kills it.
func serveSchema(ctx context.Context, program string) error {
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			MagicCookieKey: "TF_PLUGIN_MAGIC_COOKIE", MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		VersionedPlugins: map[int]plugin.PluginSet{6: {"provider": &connection{}}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Cmd:              exec.CommandContext(ctx, program),
		Logger:           hclog.NewNullLogger(),
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return err
	}
	raw, err := protocol.Dispense("provider")
	if err != nil {
		return err
	}
	// The messages of the protocol are in internal packages of other modules. This request has no fields, and of the answer
	// only the length matters: what an empty message does not know it keeps.
	answer := &emptypb.Empty{}
	if err := raw.(*grpc.ClientConn).Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, answer); err != nil {
		return err
	}
	if len(answer.ProtoReflect().GetUnknown()) == 0 {
		return errors.New("the schema is empty")
	}
	return nil
}

// connection is a plugin whose client is the connection itself.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

func (*connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

func (*connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	return c, nil
}

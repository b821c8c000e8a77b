// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"fmt"
	"net/http"
)

// Project is a project, which the API calls a team.
type Project struct {
	// ID is chosen by Devtron. Devtron would take one that a client chooses (20-12).
	ID int `json:"id"`
	// Name has 3 to 25 characters: lower-case letters, digits and single hyphens between them
	// (20-07 to 20-11, 20-57 to 20-60). Before v2.0.0 other names were accepted; such a project can
	// be neither changed nor deleted since then. Devtron checks no duplicates (20-04, 20-48), and
	// keeps the roles of users by the name of the project.
	Name string `json:"name"`
}

func (p Project) plausible() bool { return p.ID > 0 && p.Name != "" }

// projectBody is a project as it is sent. An absent "active" is false: POST then stores a project
// that nobody sees (20-05), PUT deletes the project for good (20-29 to 20-32).
type projectBody struct {
	noSecrets
	Project
	Active bool `json:"active"`
}

// Application is an application in a project.
type Application struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

func (a Application) plausible() bool { return a.ID > 0 && a.Name != "" }

const routeProject = "team"

// ListProjects returns all projects in no particular order. Without rights the list is empty
// (20-22): see CheckSuperAdmin.
func (c *Client) ListProjects(ctx context.Context) ([]Project, error) {
	return sendForList[Project](ctx, c, &call{
		operation: "list the projects", method: http.MethodGet, route: routeProject, empty: emptyIsNone,
	})
}

// CreateProject stores a new project and returns it with its id, also where one of the same name
// exists already (20-04).
func (c *Client) CreateProject(ctx context.Context, project Project) (Project, error) {
	project.ID = 0
	return sendForObject[Project](ctx, c, &call{
		operation: "create the project " + project.Name, method: http.MethodPost, route: routeProject,
		body: projectBody{Project: project, Active: true},
	})
}

// DeleteProject deletes a project, which must be as ListProjects returned it: Devtron writes the
// name that is sent into the deleted project (20-52, 20-53) and removes the roles of that name,
// whichever project it belongs to. A project with applications is InUse (source); one that does not
// exist is NotFound (20-43).
//
// There is no function that updates a project: PUT can only rename it, and then everybody loses
// their roles in it.
func (c *Client) DeleteProject(ctx context.Context, stored Project) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("delete the project %s (id %d)", stored.Name, stored.ID), method: http.MethodDelete,
		route: routeProject, body: projectBody{Project: stored, Active: true},
	}, nil)
}

// ListApplications returns the applications in a project (source; no recording).
func (c *Client) ListApplications(ctx context.Context, project Project) ([]Application, error) {
	return sendForList[Application](ctx, c, &call{
		operation: "list the applications of the project " + project.Name, method: http.MethodGet,
		route: fmt.Sprintf("app/team/by-id/%d", project.ID), empty: emptyIsNone,
	})
}

// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

const gitArea = "4e080c62-fa21-4fbc-8fef-2a10a2b38049"

// locations are the routes of the API. Microsoft's client libraries look them up by ID first.
var locations = []map[string]any{
	location("e81700f7-3be2-46de-8624-2eb35882fcaa", "Location", "ResourceAreas", "_apis/{resource}/{areaId}"),
	location("225f7195-f9c7-4d14-ab28-a83f7ff77e1f", "git", "repositories", "{project}/_apis/{area}/{resource}/{repositoryId}"),
	location("ea98d07b-3c87-4971-8ede-a613694ffb55", "git", "pushes", "{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{pushId}"),
	location("fb93c0db-47ed-4a31-8c20-47552878fb44", "git", "items", "{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{*path}"),
	location("d5b216de-d8d5-4d32-ae76-51df755b16d3", "git", "branchstats", "{project}/_apis/{area}/repositories/{repositoryId}/stats/branches"),
}

func location(id, area, resource, template string) map[string]any {
	return map[string]any{
		"id": id, "area": area, "resourceName": resource, "routeTemplate": template, "resourceVersion": 1,
		"minVersion": "1.0", "maxVersion": "7.2", "releasedVersion": "7.1",
	}
}

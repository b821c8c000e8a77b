output "projects" {
  description = "The names of the projects, in alphabetical order."
  value       = sort([for p in devtron_project.this : p.name])
}

output "cluster_ids" {
  description = "The ids of all clusters, by name."
  value       = local.cluster_ids
}

output "environment_identifiers" {
  description = "The identifiers of the environments, by name. Permissions refer to environments by them."
  value       = { for name, e in devtron_environment.this : name => e.identifier }
}

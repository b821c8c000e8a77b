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
  value       = local.environment_identifiers
}

output "api_tokens" {
  description = "The API tokens, by name."
  value       = { for name, t in devtron_api_token.this : name => t.token }
  sensitive   = true
}

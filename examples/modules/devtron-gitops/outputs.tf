output "active" {
  description = "The git provider whose configuration Devtron uses."
  value       = one([for kind, c in devtron_gitops_config.this : kind if c.active])
}

output "ids" {
  description = "Devtron's numbers of the configurations, by git provider."
  value       = { for kind, c in devtron_gitops_config.this : kind => c.id }
}

output "hosts" {
  description = "The git hosts, by git provider."
  value       = { for kind, c in devtron_gitops_config.this : kind => c.host }
}

output "last_validations" {
  description = "What Devtron's own dry run said when Terraform last wrote each configuration."
  value       = { for kind, c in devtron_gitops_config.this : kind => c.last_validation }
}

output "tokens_expire_at" {
  description = "When each token of tokens expires; one that never does, or does not tell, is not listed."
  value       = local.expire
}

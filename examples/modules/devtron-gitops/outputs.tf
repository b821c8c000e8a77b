output "active" {
  description = "The git provider whose configuration Devtron uses."
  value       = one([for name, c in devtron_gitops_config.this : name if c.active])
}

output "ids" {
  description = "The ids of the configurations in Devtron, by git provider."
  value       = { for name, c in devtron_gitops_config.this : name => c.id }
}

output "hosts" {
  description = "The git hosts, by git provider."
  value       = { for name, c in devtron_gitops_config.this : name => c.host }
}

output "last_validations" {
  description = "The results of Devtron's dry runs when Terraform last wrote the configurations, by git provider."
  value       = { for name, c in devtron_gitops_config.this : name => c.last_validation }
}

output "tokens_expire_at" {
  description = "The expiration times of tokens, by git provider. Tokens without a known expiration time are omitted."
  value       = local.expire
}

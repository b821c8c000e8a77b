# Needs Terraform 1.11 or newer. The token can come from any ephemeral resource, such as
# ephemeral.vault_kv_secret_v2.github.data.token, or from an ephemeral variable, as here.
variable "github_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "devtron_gitops_config" "github" {
  git_provider = "GITHUB"
  organization = "acme-gitops"
  username     = "acme-bot"

  # Sent to Devtron, and kept in no state and no plan. Terraform cannot see that it
  # changed, so raise the version to send a new one.
  token_wo         = var.github_token
  token_wo_version = 1
}

# Terraform merges this override file into the other files. It requires Terraform or OpenTofu 1.11: with an
# older version, delete it and use tokens instead of tokens_wo.
variable "tokens_wo" {
  ephemeral = true
}

resource "devtron_gitops_config" "this" {
  token_wo         = lookup(var.tokens_wo, each.key, null)
  token_wo_version = each.value.token_version
}

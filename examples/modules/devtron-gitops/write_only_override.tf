# Terraform merges this file into the others. It is all that needs Terraform or OpenTofu 1.11: with an older
# one delete it, and use tokens in place of tokens_wo.
variable "tokens_wo" {
  ephemeral = true
}

resource "devtron_gitops_config" "this" {
  token_wo         = lookup(var.tokens_wo, each.key, null)
  token_wo_version = each.value.token_version
}

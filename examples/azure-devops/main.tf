# Azure DevOps: the organization is a part of the host.
resource "devtron_gitops_config" "azure" {
  git_provider  = "AZURE_DEVOPS"
  host          = "https://dev.azure.com/acme"
  azure_project = "gitops"
  username      = "acme-bot"
  token         = var.azure_token
}

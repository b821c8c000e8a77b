# What builds and charts need. Each object is created if the variable in its count is set.
# Raise the version of a password to send a new one.

# Devtron pushes the images that it builds to this registry, and the cluster pulls them.
resource "devtron_container_registry" "acme" {
  count = var.registry_username == null ? 0 : 1

  name                = "acme"
  type                = "other"
  url                 = "registry.example.com"
  username            = var.registry_username
  password_wo         = var.registry_password
  password_wo_version = 1

  pull_secret = {
    clusters = [devtron_cluster.prod.id]
  }
}

# Devtron reads the source code of applications with this account.
resource "devtron_git_account" "github" {
  count = var.git_username == null ? 0 : 1

  name                = "GitHub acme"
  url                 = "https://github.com/acme"
  username            = var.git_username
  password_wo         = var.git_password
  password_wo_version = 1
}

# Devtron offers the Helm charts in this chart repository.
resource "devtron_chart_repository" "acme" {
  count = var.charts_username == null ? 0 : 1

  name                = "acme-charts"
  url                 = "https://charts.example.com/stable"
  username            = var.charts_username
  password_wo         = var.charts_password
  password_wo_version = 1
}

# A CI pipeline deploys with this token. Terraform stores it in the state.
resource "devtron_api_token" "ci" {
  count = var.ci_token_expires_at == null ? 0 : 1

  name       = "ci-payments"
  expires_at = var.ci_token_expires_at

  permissions = [
    {
      project      = devtron_project.payments.name
      environments = [devtron_environment.prod.identifier]
      role         = "trigger"
    },
  ]
}

output "ci_token" {
  value     = one(devtron_api_token.ci[*].token)
  sensitive = true
}

variable "registry_username" {
  description = "Null creates no container registry."
  type        = string
  default     = null
}

variable "registry_password" {
  type      = string
  default   = null
  sensitive = true
  ephemeral = true
}

variable "git_username" {
  description = "Null creates no git account."
  type        = string
  default     = null
}

variable "git_password" {
  description = "Most git hosts want a token here."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true
}

variable "charts_username" {
  description = "Null creates no chart repository."
  type        = string
  default     = null
}

variable "charts_password" {
  type      = string
  default   = null
  sensitive = true
  ephemeral = true
}

variable "ci_token_expires_at" {
  description = "When the token expires, for example 2031-01-31T00:00:00Z. Null creates no API token."
  type        = string
  default     = null
}

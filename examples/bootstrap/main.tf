terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# The provider reads DEVTRON_URL and DEVTRON_API_TOKEN.
provider "devtron" {}

# The address at which users reach Devtron.
resource "devtron_host_url" "this" {
  url = "https://devtron.example.com"
}

# Applications belong to a project.
resource "devtron_project" "payments" {
  name = "payments"
}

# Devtron deploys to this cluster. The token is that of a service account with the role
# cluster-admin; raise the version to send a new one.
resource "devtron_cluster" "prod" {
  name                    = "prod-eu"
  server_url              = "https://k8s.example.com:6443"
  bearer_token_wo         = var.cluster_token
  bearer_token_wo_version = 1
  production              = true

  tls = {
    ca_certificate = var.cluster_ca_certificate
  }
}

# Applications are deployed to an environment: a namespace of a cluster.
resource "devtron_environment" "prod" {
  name       = "payments-prod"
  cluster_id = devtron_cluster.prod.id
  namespace  = "payments"
  production = true
}

# Devtron keeps the manifests of applications in repositories of this organization.
resource "devtron_gitops_config" "github" {
  git_provider     = "GITHUB"
  organization     = "acme-gitops"
  username         = "acme-bot"
  token_wo         = var.github_token
  token_wo_version = 1
}

# What the next step needs: the web page, Devtron's own CLI, or roles.
output "projects" {
  value = [devtron_project.payments.name]
}

output "environment" {
  value = devtron_environment.prod.name
}

output "environment_identifier" {
  value = devtron_environment.prod.identifier
}

# Ephemeral variables are never stored in state or plan files.
variable "cluster_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "cluster_ca_certificate" {
  description = "The CA certificate of the cluster's API server, PEM text."
  type        = string
}

variable "github_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

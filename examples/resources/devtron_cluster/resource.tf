terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# Devtron connects to the cluster whenever it is written. The token is that of a
# service account with the role cluster-admin; raise the version to send a new one.
resource "devtron_cluster" "prod" {
  name                    = "prod-eu"
  server_url              = "https://k8s.example.com:6443"
  bearer_token_wo         = var.cluster_token
  bearer_token_wo_version = 1
  production              = true
  description             = "Frankfurt, for customers"

  tls = {
    ca_certificate = var.cluster_ca_certificate
  }

  prometheus = {
    url                 = "https://prometheus.example.com"
    username            = "devtron"
    password_wo         = var.prometheus_password
    password_wo_version = 1
  }
}

# Ephemeral variables are never stored in state or plan files (Terraform 1.11).
# In earlier versions, use bearer_token and password instead.
variable "cluster_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "prometheus_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "cluster_ca_certificate" {
  description = "The CA certificate of the cluster's API server, PEM text."
  type        = string
}

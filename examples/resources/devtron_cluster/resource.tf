terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

resource "devtron_cluster" "prod" {
  name         = "prod-eu"
  server_url   = "https://k8s.example.com:6443"
  bearer_token = var.cluster_token
  production   = true

  tls = {
    ca_certificate = var.cluster_ca_certificate
  }
}

variable "cluster_token" {
  description = "The token of a service account with the rights of cluster-admin."
  type        = string
  sensitive   = true
}

variable "cluster_ca_certificate" {
  description = "The CA certificate of the cluster's API server, PEM text."
  type        = string
}

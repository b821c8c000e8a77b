terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# The registry that new builds push to. The plan tries the password, because Devtron
# does not. Raise the version to send a new one.
resource "devtron_container_registry" "acme" {
  name                = "acme"
  type                = "other"
  url                 = "registry.example.com"
  username            = "acme-robot"
  password_wo         = var.registry_password
  password_wo_version = 1
  default             = true

  # All clusters get the credentials to pull images.
  pull_secret = {
    clusters = ["all"]
  }
}

# Without keys, Devtron signs in with the IAM role of its node.
resource "devtron_container_registry" "ecr" {
  name = "acme-ecr"
  type = "ecr"
  url  = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"

  aws = {
    region = "eu-central-1"
  }
}

# Helm charts that anybody can pull.
resource "devtron_container_registry" "charts" {
  name   = "public-charts"
  type   = "docker-hub"
  public = true

  charts = {
    action       = "PULL"
    repositories = ["bitnamicharts/redis", "bitnamicharts/postgresql"]
  }
}

# Ephemeral variables are never stored in state or plan files (Terraform 1.11).
# In earlier versions, use password instead.
variable "registry_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

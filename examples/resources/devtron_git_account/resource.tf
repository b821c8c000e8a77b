terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# Most git hosts want a token as the password. Raise the version to send a new one.
resource "devtron_git_account" "github" {
  name                = "GitHub acme"
  url                 = "https://github.com/acme"
  username            = "acme-bot"
  password_wo         = var.github_token
  password_wo_version = 1
}

resource "devtron_git_account" "gitlab" {
  name                       = "GitLab over SSH"
  url                        = "git@gitlab.com"
  ssh_private_key_wo         = var.gitlab_ssh_key
  ssh_private_key_wo_version = 1
}

# A git host with a private CA. Its webhooks have the form of GitLab.
resource "devtron_git_account" "internal" {
  name                = "Internal GitLab"
  url                 = "https://gitlab.example.com"
  username            = "oauth2"
  password_wo         = var.internal_token
  password_wo_version = 1
  git_host_id         = data.devtron_git_host.gitlab.id

  tls = {
    ca_certificate = var.internal_ca_certificate
  }
}

data "devtron_git_host" "gitlab" {
  name = "Gitlab"
}

# Ephemeral variables are never stored in state or plan files (Terraform 1.11).
# In earlier versions, use password and ssh_private_key instead.
variable "github_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "gitlab_ssh_key" {
  description = "An SSH private key without a passphrase, for example from file(\"id_ed25519\")."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "internal_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "internal_ca_certificate" {
  description = "The CA certificate of the internal git host, PEM text."
  type        = string
}

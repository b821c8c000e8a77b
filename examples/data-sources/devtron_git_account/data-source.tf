terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# The account for public repositories on GitHub that a new Devtron has.
data "devtron_git_account" "public" {
  url = "github.com"
}

# By name, if only one account has it.
data "devtron_git_account" "acme" {
  name = "GitHub acme"
}

output "git_account_ids" {
  value = {
    public = data.devtron_git_account.public.id
    acme   = data.devtron_git_account.acme.id
  }
}

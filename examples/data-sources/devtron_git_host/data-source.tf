terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_git_host" "gitlab" {
  name = "Gitlab"
}

output "git_host_id" {
  value = data.devtron_git_host.gitlab.id
}

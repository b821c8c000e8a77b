# Needs Terraform 1.14.

# The configuration that Devtron has, with the token that it has stored:
# terraform apply -invoke=action.devtron_gitops_validate.stored
action "devtron_gitops_validate" "stored" {
  config {
    git_provider = "GITHUB"
  }
}

# A new token, before it is given to the configuration:
# terraform apply -invoke=action.devtron_gitops_validate.new_token
action "devtron_gitops_validate" "new_token" {
  config {
    git_provider = "GITHUB"
    organization = "acme-gitops"
    username     = "acme-bot"
    token        = var.github_token
  }
}

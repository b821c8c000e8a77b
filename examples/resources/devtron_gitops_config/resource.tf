# The configuration that Devtron uses.
resource "devtron_gitops_config" "github" {
  git_provider = "GITHUB"
  organization = "acme-gitops"
  username     = "acme-bot"
  token        = var.github_token
}

# A stand-by: everything is set and checked, and GitHub stays in use.
resource "devtron_gitops_config" "gitlab" {
  git_provider = "GITLAB"
  host         = "https://gitlab.example.com"
  group_id     = "61512475"
  username     = "acme-bot"
  token        = var.gitlab_token
  active       = false
}

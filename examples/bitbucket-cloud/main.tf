# Bitbucket Cloud: an access token of the workspace goes with the user name x-token-auth.
resource "devtron_gitops_config" "bitbucket" {
  git_provider           = "BITBUCKET_CLOUD"
  bitbucket_workspace_id = "acme"
  bitbucket_project_key  = "GIT" # without it Bitbucket takes the oldest project
  username               = "x-token-auth"
  token                  = var.bitbucket_token
}

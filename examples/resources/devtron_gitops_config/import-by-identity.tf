import {
  to = devtron_gitops_config.github
  identity = {
    git_provider = "GITHUB"
  }
}

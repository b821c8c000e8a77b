import {
  to = devtron_gitops_config.github
  id = "GITHUB"
}

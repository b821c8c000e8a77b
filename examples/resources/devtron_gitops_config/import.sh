terraform import devtron_gitops_config.github GITHUB
terraform import devtron_gitops_config.gitlab 2 # the id in Devtron works, too

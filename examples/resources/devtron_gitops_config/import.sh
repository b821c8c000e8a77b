# By git provider, as Devtron keeps one configuration of each
terraform import devtron_gitops_config.github GITHUB

# By Devtron's id of the configuration
terraform import devtron_gitops_config.gitlab 2

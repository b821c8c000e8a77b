terraform import devtron_git_account.github https://github.com/acme # the URL
terraform import devtron_git_account.github "GitHub acme"           # the name, if only one account has it
terraform import devtron_git_account.github 2                       # the id in Devtron works, too

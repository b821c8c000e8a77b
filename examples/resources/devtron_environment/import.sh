terraform import devtron_environment.prod payments-prod # the name
terraform import devtron_environment.prod 2             # the id in Devtron works, too

terraform import devtron_project.payments payments # the name
terraform import devtron_project.payments 2        # the id in Devtron works, too

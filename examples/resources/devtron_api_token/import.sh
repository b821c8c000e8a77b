terraform import devtron_api_token.ci ci-payments # the name
terraform import devtron_api_token.ci 3           # the id in Devtron works, too

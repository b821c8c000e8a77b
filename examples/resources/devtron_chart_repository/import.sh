terraform import devtron_chart_repository.acme acme-charts # the name
terraform import devtron_chart_repository.acme 21          # the id in Devtron works, too

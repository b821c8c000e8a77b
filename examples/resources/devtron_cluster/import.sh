terraform import devtron_cluster.prod prod-eu # the name
terraform import devtron_cluster.prod 2       # the id in Devtron works, too

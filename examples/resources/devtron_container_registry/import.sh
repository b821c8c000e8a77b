terraform import devtron_container_registry.acme acme # the name, which is the id

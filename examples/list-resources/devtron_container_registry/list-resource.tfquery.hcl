# Lists the container registries in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=registries.tf
list "devtron_container_registry" "all" {
  provider = devtron
}

# Lists the environments in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=environments.tf
list "devtron_environment" "all" {
  provider = devtron
}

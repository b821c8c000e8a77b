# Lists the configurations in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=gitops.tf
list "devtron_gitops_config" "all" {
  provider = devtron

  # To list only inactive configurations:
  #
  # config {
  #   active = false
  # }
}

# What Devtron has (Terraform 1.14):
# terraform query
#
# The same as configuration, with an import block for each:
# terraform query -generate-config-out=gitops.tf
list "devtron_gitops_config" "all" {
  provider = devtron

  # To list only the ones that Devtron does not use:
  #
  # config {
  #   active = false
  # }
}

# Lists the projects in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=projects.tf
list "devtron_project" "all" {
  provider = devtron
}

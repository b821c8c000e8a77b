# Lists the chart repositories in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=chart_repositories.tf
list "devtron_chart_repository" "all" {
  provider = devtron
}

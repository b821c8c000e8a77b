# Lists the clusters in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=clusters.tf
list "devtron_cluster" "all" {
  provider = devtron
}

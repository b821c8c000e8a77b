# Lists the host URL in Devtron:
# terraform query
#
# Writes it as configuration, with an import block:
# terraform query -generate-config-out=host_urls.tf
list "devtron_host_url" "this" {
  provider = devtron
}

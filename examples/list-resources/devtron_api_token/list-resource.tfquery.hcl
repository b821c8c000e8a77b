# Lists the API tokens in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=tokens.tf
list "devtron_api_token" "all" {
  provider = devtron
}

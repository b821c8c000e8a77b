# Lists the git accounts in Devtron:
# terraform query
#
# Writes them as configuration, with an import block for each:
# terraform query -generate-config-out=git_accounts.tf
list "devtron_git_account" "all" {
  provider = devtron
}

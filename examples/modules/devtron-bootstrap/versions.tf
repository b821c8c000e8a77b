terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

terraform {
  required_version = ">= 1.5" # check blocks

  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

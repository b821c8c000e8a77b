terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# DEVTRON_URL and DEVTRON_API_TOKEN
provider "devtron" {}

terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_container_registry" "acme" {
  name = "acme"
}

output "registry_url" {
  value = data.devtron_container_registry.acme.url
}

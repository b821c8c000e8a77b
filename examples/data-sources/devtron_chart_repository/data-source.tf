terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# A chart repository that came with Devtron.
data "devtron_chart_repository" "bitnami" {
  name = "bitnami"
}

output "bitnami_url" {
  value = data.devtron_chart_repository.bitnami.url
}

terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

resource "devtron_api_token" "ci" {
  name        = "ci-payments"
  description = "Deploys payments from the pipeline"
  expires_at  = "2031-01-31T00:00:00Z"

  permissions = [
    {
      project = "devtron-demo"
      role    = "view"
    },
    {
      project      = "devtron-demo"
      environments = ["devtron-demo"]
      applications = ["checkout", "billing"]
      role         = "trigger"
    },
  ]
}

output "ci_token" {
  value     = devtron_api_token.ci.token
  sensitive = true
}

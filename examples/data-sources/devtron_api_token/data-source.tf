terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_api_token" "ci" {
  name = "ci-payments"
}

output "ci_token_expires_at" {
  value = data.devtron_api_token.ci.expires_at
}

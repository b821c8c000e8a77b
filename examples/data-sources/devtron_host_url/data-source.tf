terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_host_url" "this" {}

output "sign_in_at" {
  value = data.devtron_host_url.this.url
}

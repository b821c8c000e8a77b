terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_project" "payments" {
  name = "payments"
}

output "project_id" {
  value = data.devtron_project.payments.id
}

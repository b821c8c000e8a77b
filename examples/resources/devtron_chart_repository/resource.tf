terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

# Devtron fetches index.yaml whenever a chart repository is written. Raise the
# version to send a new password.
resource "devtron_chart_repository" "acme" {
  name                = "acme-charts"
  url                 = "https://charts.example.com/stable"
  username            = "devtron"
  password_wo         = var.charts_password
  password_wo_version = 1
}

# Ephemeral variables are never stored in state or plan files (Terraform 1.11).
# In earlier versions, use password instead.
variable "charts_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

ephemeral "devtron_api_token" "deploy" {
  name_prefix = "ci-payments"
  lifetime    = "15m"

  permissions = [
    {
      project = "devtron-demo"
      role    = "trigger"
    },
  ]
}

# Runs whenever the image changes. The script finds the token in its environment.
resource "terraform_data" "deploy" {
  triggers_replace = var.image

  provisioner "local-exec" {
    command = "./deploy.sh"
    environment = {
      DEVTRON_TOKEN = ephemeral.devtron_api_token.deploy.token
    }
  }
}

variable "image" {
  type = string
}

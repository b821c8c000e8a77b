terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

import {
  to = devtron_gitops_config.github
  id = "GITHUB" # the git provider, or the id in Devtron
}

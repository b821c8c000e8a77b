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
  identity = {
    git_provider = "GITHUB"
  }
}

mock_provider "devtron" {
  mock_data "devtron_cluster" {
    defaults = { id = 1 }
  }

  mock_resource "devtron_cluster" {
    defaults = { id = 2 }
  }

  mock_resource "devtron_environment" {
    defaults = { identifier = "prod-eu__payments" }
  }
}

variables {
  projects = ["payments"]
  clusters = {
    prod-eu = { server_url = "https://k8s.example.com:6443" }
  }
  cluster_tokens = { prod-eu = "token" }

  # In tests, Terraform does not use the defaults of ephemeral variables.
  container_registry_passwords = {}
  git_account_secrets          = {}
  chart_repository_passwords   = {}
}

run "environments_find_their_clusters" {
  variables {
    environments = {
      payments-prod = { cluster = "prod-eu", namespace = "payments" }
      payments-test = {}
    }
  }

  assert {
    condition     = devtron_environment.this["payments-prod"].cluster_id == devtron_cluster.this["prod-eu"].id
    error_message = "payments-prod is not in prod-eu."
  }
  assert {
    condition     = devtron_environment.this["payments-test"].cluster_id == 1 && devtron_environment.this["payments-test"].namespace == "payments-test"
    error_message = "payments-test is not in default_cluster."
  }
  assert {
    condition     = output.projects == tolist(["payments"]) && length(devtron_host_url.this) == 0
    error_message = "The outputs or the host URL are wrong."
  }
}

run "two_environments_for_one_namespace_are_refused" {
  command = plan

  variables {
    environments = {
      first  = { namespace = "payments" }
      second = { namespace = "payments" }
    }
  }

  expect_failures = [var.environments]
}

run "everything_else_is_optional" {
  assert {
    condition     = 0 == length(devtron_container_registry.this) + length(devtron_git_account.this) + length(devtron_chart_repository.this) + length(devtron_api_token.this)
    error_message = "Something was created that is not in the variables."
  }
}

run "objects_have_secrets_where_they_sign_in" {
  variables {
    container_registries = {
      acme = { url = "registry.example.com", username = "robot", pull_clusters = ["prod-eu", "default_cluster"] }
      ecr  = { type = "ecr", url = "123456789012.dkr.ecr.eu-central-1.amazonaws.com", aws_region = "eu-central-1", pull_clusters = ["all"] }
    }
    container_registry_passwords = { acme = "password" }

    git_accounts = {
      github = { url = "https://github.com/acme", username = "bot", secret_version = 2 }
      gitlab = { url = "git@gitlab.com" }
    }
    git_account_secrets = { github = "password", gitlab = "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n" }

    chart_repositories = {
      private = { url = "https://charts.example.com", username = "reader" }
      public  = { url = "https://charts.example.org" }
    }
    chart_repository_passwords = { private = "password" }
  }

  assert {
    condition     = devtron_container_registry.this["acme"].password_wo_version == 1 && devtron_container_registry.this["ecr"].password_wo_version == null
    error_message = "A version of a registry is wrong."
  }
  assert {
    condition     = devtron_container_registry.this["acme"].pull_secret.clusters == toset(["1", "2"]) && devtron_container_registry.this["ecr"].pull_secret.clusters == toset(["all"])
    error_message = "The registries do not find their clusters."
  }
  assert {
    condition     = devtron_git_account.this["github"].password_wo_version == 2 && devtron_git_account.this["github"].ssh_private_key_wo_version == null
    error_message = "The account with a user name has no password."
  }
  assert {
    condition     = devtron_git_account.this["gitlab"].password_wo_version == null && devtron_git_account.this["gitlab"].ssh_private_key_wo_version == 1
    error_message = "The account without a user name has no SSH key."
  }
  assert {
    condition     = devtron_chart_repository.this["private"].password_wo_version == 1 && devtron_chart_repository.this["public"].password_wo_version == null
    error_message = "A version of a chart repository is wrong."
  }
}

run "permissions_refer_to_environments_by_name" {
  variables {
    environments = { payments-prod = { cluster = "prod-eu", namespace = "payments" } }
    api_tokens = {
      ci     = { permissions = [{ project = "payments", role = "trigger", environments = ["payments-prod", "other__search"] }] }
      viewer = { permissions = [{ project = "*", role = "view" }] }
    }
  }

  assert {
    condition     = one(devtron_api_token.this["ci"].permissions).environments == toset(["prod-eu__payments", "other__search"])
    error_message = "The permission does not have the identifiers of its environments."
  }
  assert {
    condition     = one(devtron_api_token.this["viewer"].permissions).project == "*" && one(devtron_api_token.this["viewer"].permissions).environments == null
    error_message = "The permission is not for every project and environment."
  }
  assert {
    condition     = sort(keys(output.api_tokens)) == tolist(["ci", "viewer"])
    error_message = "The tokens are not in the output."
  }
}

mock_provider "devtron" {
  mock_data "devtron_cluster" {
    defaults = { id = 1 }
  }
}

variables {
  projects = ["payments"]
  clusters = {
    prod-eu = { server_url = "https://k8s.example.com:6443" }
  }
  cluster_tokens = { prod-eu = "token" }
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

variable "host_url" {
  description = "The address at which users reach Devtron. Null leaves it as it is."
  type        = string
  default     = null
}

variable "projects" {
  description = "The names of the projects."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "clusters" {
  description = "The clusters to add to Devtron, by name."
  type = map(object({
    server_url     = string
    ca_certificate = optional(string)    # PEM
    token_version  = optional(number, 1) # raise it to send a new token
    production     = optional(bool, false)
    description    = optional(string)
  }))
  default  = {}
  nullable = false
}

variable "cluster_tokens" {
  description = "The bearer tokens of the clusters, by name. They are never stored in state or plan files."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "environments" {
  description = "The environments, by name. The cluster is one of var.clusters, or the name of one that Devtron already has."
  type = map(object({
    cluster     = optional(string, "default_cluster")
    namespace   = optional(string) # the name of the environment
    production  = optional(bool, false)
    description = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(distinct([for name, e in var.environments : "${e.cluster}/${coalesce(e.namespace, name)}"])) == length(var.environments)
    error_message = "Devtron has one environment for each namespace of a cluster."
  }
}

variable "container_registries" {
  description = "The container registries, by name. A registry with a user name needs a password in var.container_registry_passwords."
  type = map(object({
    type             = optional(string, "other")
    url              = optional(string)
    username         = optional(string)    # _json_key for a registry of Google
    password_version = optional(number, 1) # raise it to send a new password
    aws_region       = optional(string)    # for Amazon ECR, where Devtron uses the IAM role of its node
    default          = optional(bool)
    pull_clusters    = optional(set(string), []) # names of the clusters that get the credentials, or "all"
  }))
  default  = {}
  nullable = false
}

variable "container_registry_passwords" {
  description = "The passwords of the container registries, by name. They are never stored in state or plan files."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "git_accounts" {
  description = "The git accounts, by name. Each needs a secret in var.git_account_secrets."
  type = map(object({
    url            = string
    username       = optional(string)    # without it, the secret is an SSH key
    secret_version = optional(number, 1) # raise it to send a new secret
  }))
  default  = {}
  nullable = false
}

variable "git_account_secrets" {
  description = "The passwords, tokens, or SSH private keys of the git accounts, by name. They are never stored in state or plan files."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "chart_repositories" {
  description = "The chart repositories, by name. One with a user name needs a password in var.chart_repository_passwords."
  type = map(object({
    url              = string
    username         = optional(string)
    password_version = optional(number, 1) # raise it to send a new password
  }))
  default  = {}
  nullable = false
}

variable "chart_repository_passwords" {
  description = "The passwords of the chart repositories, by name. They are never stored in state or plan files."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "api_tokens" {
  description = "The API tokens, by name. Terraform stores them in the state."
  type = map(object({
    description = optional(string)
    expires_at  = optional(string) # RFC 3339, for example 2031-01-31T00:00:00Z
    permissions = list(object({
      project      = string # one of var.projects, another one, or "*"
      role         = string
      environments = optional(set(string)) # names in var.environments, or identifiers of others; all if not set
      applications = optional(set(string)) # all if not set
    }))
  }))
  default  = {}
  nullable = false
}

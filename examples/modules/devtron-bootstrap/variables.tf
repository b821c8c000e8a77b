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

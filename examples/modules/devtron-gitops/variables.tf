variable "configurations" {
  description = "The GitOps configurations of one Devtron, by git provider: GITHUB, GITLAB, AZURE_DEVOPS, or BITBUCKET_CLOUD."
  type = map(object({
    username                = string
    host                    = optional(string) # default: the public host of the git provider
    organization            = optional(string) # GITHUB
    group_id                = optional(string) # GITLAB, the numeric id
    azure_project           = optional(string) # AZURE_DEVOPS
    bitbucket_workspace_id  = optional(string) # BITBUCKET_CLOUD
    bitbucket_project_key   = optional(string) # BITBUCKET_CLOUD
    allow_custom_repository = optional(bool, false)
    ca_certificate          = optional(string) # PEM text, for a host with a private CA
    token_version           = optional(number) # with tokens_wo: raise it to send a new token
    deletion_policy         = optional(string, "deactivate")
  }))
  nullable = false

  validation {
    condition     = length(var.configurations) > 0
    error_message = "Set at least one configuration."
  }
  validation {
    condition = alltrue([
      for name in keys(var.configurations) : contains(["GITHUB", "GITLAB", "AZURE_DEVOPS", "BITBUCKET_CLOUD"], name)
    ])
    error_message = "The keys must be git providers: GITHUB, GITLAB, AZURE_DEVOPS, or BITBUCKET_CLOUD."
  }
  validation {
    condition     = alltrue([for c in var.configurations : can(regex("^[0-9]+$", c.group_id)) if c.group_id != null])
    error_message = "The group_id must be the numeric id that the page of the GitLab group shows, not a path."
  }
}

variable "active" {
  description = "The git provider whose configuration Devtron uses. The other configurations are on standby."
  type        = string
  nullable    = false
}

variable "tokens" {
  description = "The tokens, by git provider. Terraform stores them in the state; use tokens_wo to avoid that."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
}

# write_only_override.tf uses this variable and makes it ephemeral.
variable "tokens_wo" {
  description = "The tokens, by git provider, never stored in state or plan files (Terraform or OpenTofu 1.11). Each needs a token_version."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
}

variable "warn_before_expiry" {
  description = "How long before a token expires every plan warns, as a duration. The default is 30 days."
  type        = string
  default     = "720h"
  nullable    = false

  validation {
    condition     = can(timeadd("2000-01-01T00:00:00Z", var.warn_before_expiry))
    error_message = "The value must be a duration in hours, for example 720h."
  }
}

variable "configurations" {
  description = "The GitOps configurations of one Devtron, by git provider: GITHUB, GITLAB, AZURE_DEVOPS or BITBUCKET_CLOUD."
  type = map(object({
    username                = string
    host                    = optional(string) # the public one of the git provider
    organization            = optional(string) # GITHUB
    group_id                = optional(string) # GITLAB, the number
    azure_project           = optional(string) # AZURE_DEVOPS
    bitbucket_workspace_id  = optional(string) # BITBUCKET_CLOUD
    bitbucket_project_key   = optional(string) # BITBUCKET_CLOUD
    allow_custom_repository = optional(bool, false)
    ca_certificate          = optional(string) # PEM, of a host with a private CA
    token_version           = optional(number) # with tokens_wo: raise it to send a new token
    deletion_policy         = optional(string, "deactivate")
  }))
  nullable = false

  validation {
    condition     = length(var.configurations) > 0
    error_message = "Give at least one configuration."
  }
  validation {
    condition = alltrue([
      for kind in keys(var.configurations) : contains(["GITHUB", "GITLAB", "AZURE_DEVOPS", "BITBUCKET_CLOUD"], kind)
    ])
    error_message = "The keys are git providers: GITHUB, GITLAB, AZURE_DEVOPS, BITBUCKET_CLOUD."
  }
  validation {
    condition     = alltrue([for c in var.configurations : can(regex("^[0-9]+$", c.group_id)) if c.group_id != null])
    error_message = "group_id is the number on the page of the GitLab group; a path does not work."
  }
}

variable "active" {
  description = "The git provider whose configuration Devtron uses. The others stand by."
  type        = string
  nullable    = false
}

variable "tokens" {
  description = "The tokens, by git provider. They are in the Terraform state, and their expiry is checked. For a token that shall not be there use tokens_wo."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
}

# write_only_override.tf uses it, and makes it ephemeral.
variable "tokens_wo" {
  description = "The tokens, by git provider, in no state and no plan (Terraform or OpenTofu 1.11). Give such a configuration a token_version."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
}

variable "warn_before_expiry" {
  description = "How long before a token of tokens expires every plan warns, as a duration: 720h are 30 days."
  type        = string
  default     = "720h"
  nullable    = false

  validation {
    condition     = can(timeadd("2000-01-01T00:00:00Z", var.warn_before_expiry))
    error_message = "Write a duration in hours, as 720h."
  }
}

variable "github_token" {
  description = "Personal access token (classic) with the scopes repo, admin:org and delete_repo."
  type        = string
  sensitive   = true
}

variable "gitlab_token" {
  description = "Personal access token with the scope api."
  type        = string
  sensitive   = true
}

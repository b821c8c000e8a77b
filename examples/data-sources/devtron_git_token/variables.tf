variable "github_token" {
  description = "The token that Devtron uses, or is about to."
  type        = string
  sensitive   = true
}

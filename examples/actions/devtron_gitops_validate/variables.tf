variable "github_token" {
  description = "The token to try. It cannot be ephemeral, and stands in a plan file where one is saved."
  type        = string
  sensitive   = true
}

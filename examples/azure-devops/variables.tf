variable "azure_token" {
  description = "Personal access token with the scope Code: Read, write, & manage."
  type        = string
  sensitive   = true
}

variable "bitbucket_token" {
  description = "Access token of the workspace, at most 158 bytes, with the permissions Repositories: Read, Write, Admin, Delete."
  type        = string
  sensitive   = true
}

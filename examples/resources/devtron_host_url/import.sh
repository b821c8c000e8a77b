terraform import devtron_host_url.this url

"""An officer at work in a clone: acts become signed commits, judged here first and then by the server's gate."""

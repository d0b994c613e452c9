"""The gate's rules: generators of findings over what one commit, tree or ref says. `gate` assembles them."""

"""Who acts, and what the database lets them see: principals, the binding backend, roles and row policies."""

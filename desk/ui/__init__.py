"""Windows: everything that knows Qt."""

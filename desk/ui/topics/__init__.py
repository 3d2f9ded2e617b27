"""Topics and what may be one (专题)."""

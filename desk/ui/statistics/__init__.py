"""Parts of the page of figures (统计)."""

"""Parts of the page of grids (网格)."""

"""Parts of the page of whistles (吹哨报到)."""

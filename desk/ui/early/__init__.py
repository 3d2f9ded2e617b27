"""Parts of the page of findings and walks (未诉先办、走访)."""

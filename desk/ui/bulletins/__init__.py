"""Parts of the page of bulletins (通报)."""

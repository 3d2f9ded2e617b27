"""One place across its cases (一地一档)."""

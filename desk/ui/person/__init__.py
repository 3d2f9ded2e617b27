"""One person across his visits (一人一档)."""

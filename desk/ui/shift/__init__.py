"""Change of shift (交班, F12)."""

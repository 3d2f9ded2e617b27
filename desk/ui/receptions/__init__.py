"""The page of appointments and reception days (接访)."""

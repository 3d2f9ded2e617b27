"""The fictional street 青榕街道 and a realistic year of its work."""

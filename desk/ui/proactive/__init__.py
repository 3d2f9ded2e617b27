"""Plans of topics, gathered opinions, and the three lists (主动治理)."""

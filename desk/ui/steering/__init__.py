"""The page 督办, and what it shares with the case file and the start page."""

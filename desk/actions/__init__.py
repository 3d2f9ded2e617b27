"""Writes: one frozen request and one function for each thing a clerk can do."""

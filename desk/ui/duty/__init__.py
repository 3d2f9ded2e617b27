"""The parts of the roster's page (值班)."""

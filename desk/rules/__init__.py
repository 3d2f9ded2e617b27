"""The rules of the hall in plain Python: no database, no windows, no clock of their own."""

"""Reads: functions of a session that return frozen dataclasses."""

"""Ledgers in and out (台账): the workbooks of other systems."""

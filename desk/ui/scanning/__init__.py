"""Paper from a scanner (扫描): pages one after the other, kept as one PDF."""

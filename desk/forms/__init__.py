"""What goes on paper: one painter, layouts as data."""

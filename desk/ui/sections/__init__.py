"""Pages of several lists (分栏页): their frame, their sections, and the forms of steps."""

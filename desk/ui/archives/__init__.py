"""The parts of the page 档案: its rows, the facts of a case in the archive, and the search."""

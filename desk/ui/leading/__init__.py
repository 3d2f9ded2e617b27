"""Cases led by a leader, and meetings (领导包案、会商): panels, words, the line in a case file."""

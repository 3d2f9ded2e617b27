"""Parts of the follow-up page (回访): whom to ring, what was said, the form of 2.5 by digits."""

"""The parts of the sign-off page (审签): the paper in the middle, what the case says beside it."""

"""The parts of the intake form (受理台); `desk.ui.intake_screen` puts them together."""

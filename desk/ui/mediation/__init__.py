"""The windows of a mediation (调解): its list, its file, and a panel for each step."""

"""Parts of the rooms' page (调解室)."""

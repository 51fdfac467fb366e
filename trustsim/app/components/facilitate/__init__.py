"""Parts of the facilitator's page: opening a room, its door, its teams, how the class spreads, and the debrief."""
